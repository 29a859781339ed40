import { useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { copyText } from '@vitrine/ui/copy-text.ts'
import type { ReactNode } from 'react'
import { ProgressBar } from '@react-spectrum/s2/ProgressBar'
import { StatusLight } from '@react-spectrum/s2/StatusLight'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import Copy from '@react-spectrum/s2/icons/Copy'
import DownloadIcon from '@react-spectrum/s2/icons/Download'
import type { Download, DownloadPart, DownloadState } from '@vitrine/api/public'
import { checksumsAddress } from '../api/public-client.ts'
import { queueFailureText } from '../browse/failure-text.ts'
import { useText } from '../language/text.tsx'
import { curlCommand } from './curl-command.ts'
import { cancel, isPending, queue, requestOf } from './inbox.ts'

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
export function DownloadEntry({ download }: { download: Download }): ReactNode {
  const text = useText()
  const { name, state, entries, size } = download
  const facts = [text('inbox.entries', { count: entries }), ...(size > 0 ? [text.bytes(size)] : [])]
  return (
    <li className="inbox-entry" data-state={state}>
      <div className="inbox-entry-head">
        <h3 title={name}>{name}</h3>
        <StatusLight size="S" variant={LIGHTS[state]}>
          {text(`inbox.state.${state}`)}
        </StatusLight>
      </div>
      <p className="inbox-facts">{facts.join(' · ')}</p>
      {state === 'ready' ? <ReadyParts download={download} /> : null}
      {isPending(download) ? <Waiting download={download} /> : null}
      {state === 'failed' ? <p className="inbox-facts">{text('inbox.failed.text')}</p> : null}
      {state === 'withdrawn' ? <p className="inbox-facts">{text('inbox.withdrawn.text')}</p> : null}
      {state === 'ready' || isPending(download) ? null : <QueueAgain download={download} />}
      <Skipped download={download} />
    </li>
  )
}

function ReadyParts({ download }: { download: Download }): ReactNode {
  const text = useText()
  const { parts } = download
  return (
    <>
      <ul className="inbox-parts">
        {parts.map((part) => (
          <PartRow key={part.number} part={part} count={parts.length} />
        ))}
      </ul>
      <p className="inbox-facts">
        {text('inbox.expires', { when: text.moment(download.expiresAt) })}. {text('inbox.resume')}
      </p>
      <div className="inbox-tools">
        <CopyCommand parts={parts} />
        <a className="inbox-link" href={checksumsAddress(download.id)} download={`${download.name}.SHA256SUMS`}>
          {text('inbox.checksums')}
        </a>
      </div>
    </>
  )
}

/** A plain link: the browser's own download manager takes it, and can resume it. */
function PartRow({ part, count }: { part: DownloadPart; count: number }): ReactNode {
  const text = useText()
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

function CopyCommand({ parts }: { parts: readonly DownloadPart[] }): ReactNode {
  const text = useText()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(curlCommand(parts, location.origin))
    setCopied(true)
    setTimeout(() => setCopied(false), 2500)
  }
  return (
    <Button variant="quiet" onClick={() => void copy()}>
      <Copy />
      <span>{text(isCopied ? 'inbox.copied' : 'inbox.copy')}</span>
    </Button>
  )
}

function Waiting({ download }: { download: Download }): ReactNode {
  const text = useText()
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
          cancel(download.id).catch(() => setCancelling(false))
        }}
      >
        {text('inbox.cancel')}
      </Button>
    </div>
  )
}

/** Offered where this browser knows what was asked for. */
function QueueAgain({ download }: { download: Download }): ReactNode {
  const text = useText()
  const [failure, setFailure] = useState<unknown>()
  const [isWorking, setWorking] = useState(false)
  const wanted = requestOf(download.id)
  if (wanted === undefined) return null
  const again = async () => {
    setWorking(true)
    setFailure(undefined)
    try {
      await queue(wanted)
    } catch (refusal) {
      setFailure(refusal)
    } finally {
      setWorking(false)
    }
  }
  return (
    <div className="inbox-again">
      <Button variant="secondary" disabled={isWorking} onClick={() => void again()}>
        {text(download.state === 'withdrawn' ? 'inbox.again' : 'inbox.again.plain')}
      </Button>
      {failure === undefined ? null : <p role="alert">{queueFailureText(failure, text)}</p>}
    </div>
  )
}

/** Names shown of what was left out; the archive's NOT-INCLUDED.txt has them all. */
const SHOWN = 100

function Skipped({ download }: { download: Download }): ReactNode {
  const text = useText()
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
