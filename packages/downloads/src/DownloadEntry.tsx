import { useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { useCopy } from '@vitrine/ui/use-copy.ts'
import type { ReactNode } from 'react'
import { ProgressBar } from '@react-spectrum/s2/ProgressBar'
import { StatusLight } from '@react-spectrum/s2/StatusLight'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import Copy from '@react-spectrum/s2/icons/Copy'
import DownloadIcon from '@react-spectrum/s2/icons/Download'
import type { Download, DownloadPart, DownloadState } from '@vitrine/api/public'
import type { Words } from '@vitrine/ui/language/text.tsx'
import { curlCommand } from './curl-command.ts'
import { isPending } from './is-pending.ts'
import type { DownloadMessageId } from './messages.en.ts'
import './download-entry.css'

/** What can be done with a download, by whoever's it is. */
export interface DownloadDeeds {
  /** Root-relative address of its checksums. */
  readonly checksums: string
  readonly cancel: () => Promise<unknown>
  /** Queues the same again. Undefined: it is not known what was wanted. */
  readonly again: (() => Promise<unknown>) | undefined
  /** Says why it could not be queued again. */
  readonly refusal: (failure: unknown) => string
}

/** What is shown of a download. */
export interface DownloadEntryProps {
  readonly download: Download
  readonly deeds: DownloadDeeds
  readonly text: Words<DownloadMessageId>
  /** Of the heading with its name. */
  readonly level: 2 | 3
}

const LIGHTS: Record<DownloadState, 'neutral' | 'informative' | 'positive' | 'negative' | 'notice'> = {
  queued: 'neutral',
  preparing: 'informative',
  ready: 'positive',
  failed: 'negative',
  withdrawn: 'notice',
  expired: 'neutral',
  cancelled: 'neutral',
}

/** One download: what it is, how far it is, and what can be done with it. */
export function DownloadEntry(shown: DownloadEntryProps): ReactNode {
  const { download, text, level } = shown
  const Heading = level === 2 ? 'h2' : 'h3'
  const { name, state, entries, size } = download
  const facts = [text('inbox.entries', { count: entries }), ...(size > 0 ? [text.bytes(size)] : [])]
  return (
    <li className="inbox-entry" data-state={state}>
      <div className="inbox-entry-head">
        <Heading title={name}>{name}</Heading>
        <StatusLight size="S" variant={LIGHTS[state]}>
          {text(`inbox.state.${state}`)}
        </StatusLight>
      </div>
      <p className="inbox-facts">{facts.join(' · ')}</p>
      {state === 'ready' ? <ReadyParts {...shown} /> : null}
      {isPending(download) ? <Waiting {...shown} /> : null}
      {state === 'failed' ? <p className="inbox-facts">{text('inbox.failed.text')}</p> : null}
      {state === 'withdrawn' ? <p className="inbox-facts">{text('inbox.withdrawn.text')}</p> : null}
      {state === 'ready' || isPending(download) ? null : <QueueAgain {...shown} />}
      <Skipped {...shown} />
    </li>
  )
}

function ReadyParts({ download, deeds, text }: DownloadEntryProps): ReactNode {
  const { parts } = download
  return (
    <>
      <ul className="inbox-parts">
        {parts.map((part) => (
          <PartRow key={part.number} part={part} count={parts.length} text={text} />
        ))}
      </ul>
      <p className="inbox-facts">
        {text('inbox.expires', { when: text.moment(download.expiresAt) })}. {text('inbox.resume')}
      </p>
      <div className="inbox-tools">
        <CopyCommand parts={parts} text={text} />
        <a className="inbox-link" href={deeds.checksums} download={`${download.name}.SHA256SUMS`}>
          {text('inbox.checksums')}
        </a>
      </div>
    </>
  )
}

/** A plain link: the browser's own download manager takes it, and can resume it. */
function PartRow({
  part,
  count,
  text,
}: {
  part: DownloadPart
  count: number
  text: Words<DownloadMessageId>
}): ReactNode {
  const size = text.bytes(part.size)
  const name = count === 1 ? part.name : text('inbox.part', { number: part.number, count })
  const action = count === 1 ? text('queue.download.size', { size }) : text('inbox.download')
  return (
    <li>
      {count === 1 ? null : (
        <span className="inbox-part-name">
          {name}
          <span>{size}</span>
        </span>
      )}
      <a
        className="inbox-download"
        data-wide={count === 1 || undefined}
        href={part.url}
        download={part.name}
        aria-label={`${action}, ${name}`}
      >
        <DownloadIcon />
        <span>{action}</span>
      </a>
    </li>
  )
}

function CopyCommand({ parts, text }: { parts: readonly DownloadPart[]; text: Words<DownloadMessageId> }): ReactNode {
  const { copy, state } = useCopy(curlCommand(parts, location.origin))
  return (
    <>
      <Button variant="quiet" onClick={() => void copy()}>
        <Copy />
        <span>{text(state === 'copied' ? 'inbox.copied' : 'inbox.copy')}</span>
      </Button>
      <span className="inbox-facts" role="status">
        {state === 'refused' ? text('inbox.copyRefused') : ''}
      </span>
    </>
  )
}

function Waiting({ download, deeds, text }: DownloadEntryProps): ReactNode {
  const { done, total } = download.progress
  const [isCancelling, setCancelling] = useState(false)
  return (
    <div className="inbox-waiting">
      <ProgressBar
        size="S"
        aria-label={text('inbox.progress', { name: download.name })}
        isIndeterminate={total === 0 || download.state === 'queued'}
        value={total === 0 ? 0 : (done / total) * 100}
        styles={style({ flexGrow: 1, width: 'auto' })}
      />
      <Button
        variant="secondary"
        disabled={isCancelling}
        aria-label={text('inbox.cancel.label', { name: download.name })}
        onClick={() => {
          setCancelling(true)
          deeds.cancel().catch(() => setCancelling(false))
        }}
      >
        {text('inbox.cancel')}
      </Button>
    </div>
  )
}

function QueueAgain({ download, deeds, text }: DownloadEntryProps): ReactNode {
  const [failure, setFailure] = useState<unknown>()
  const [isWorking, setWorking] = useState(false)
  const { again, refusal } = deeds
  if (again === undefined) return null
  const queueAgain = async () => {
    setWorking(true)
    setFailure(undefined)
    try {
      await again()
    } catch (refusal) {
      setFailure(refusal)
    } finally {
      setWorking(false)
    }
  }
  return (
    <div className="inbox-again">
      <Button variant="secondary" disabled={isWorking} onClick={() => void queueAgain()}>
        {text(download.state === 'withdrawn' ? 'inbox.again' : 'inbox.again.plain')}
      </Button>
      {failure === undefined ? null : <p role="alert">{refusal(failure)}</p>}
    </div>
  )
}

/** Names shown of what was left out; the archive's NOT-INCLUDED.txt has them all. */
const SHOWN = 100

function Skipped({ download, text }: DownloadEntryProps): ReactNode {
  const { skipped } = download
  if (skipped.length === 0) return null
  return (
    <details className="inbox-skipped">
      <summary>{text('inbox.skipped', { count: skipped.length })}</summary>
      <ul>
        {skipped.slice(0, SHOWN).map(({ name, reason }) => (
          <li key={name}>
            {name}
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
