import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import Pause from '@react-spectrum/s2/icons/Pause'
import Play from '@react-spectrum/s2/icons/Play'
import { Button } from '@vitrine/ui/Button.tsx'
import { sentenceOf, sentenceOfProblem } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { Refused } from './prepare-selection.ts'
import { OtherBytes } from './send-entry.ts'
import { UnreadableFile } from './send-file.ts'
import type { UploadEntry, UploadState } from './upload-entry.ts'
import { queue } from './uploader.ts'

/** So many entries of a list are shown; the others are counted. */
const SHOWN = 100

/** What is sent now. */
export function RunningList(): ReactNode {
  const text = useText()
  return (
    <EntryList state="sending" title={text('uploads.running.title')}>
      {(entry) => (
        <>
          <Facts entry={entry}>
            <progress
              aria-label={text('uploads.one.progress', { name: entry.relativePath })}
              value={entry.size === 0 ? 0 : entry.sent / entry.size}
              max={1}
            />
            <small>{text('uploads.of', { sent: text.bytes(entry.sent), size: text.bytes(entry.size) })}</small>
          </Facts>
          <Button
            variant="quiet"
            aria-label={text('uploads.pause', { name: entry.relativePath })}
            onClick={() => queue.pause(entry)}
          >
            <Pause />
          </Button>
          <CancelButton entry={entry} label={text('uploads.cancel', { name: entry.relativePath })} />
        </>
      )}
    </EntryList>
  )
}

/** What was stopped. */
export function PausedList(): ReactNode {
  const text = useText()
  return (
    <EntryList state="paused" title={text('uploads.paused')}>
      {(entry) => (
        <>
          <Facts entry={entry}>
            <small>{text('uploads.of', { sent: text.bytes(entry.sent), size: text.bytes(entry.size) })}</small>
          </Facts>
          <Button
            variant="quiet"
            aria-label={text('uploads.resume', { name: entry.relativePath })}
            onClick={() => queue.resume(entry)}
          >
            <Play />
          </Button>
          <CancelButton entry={entry} label={text('uploads.cancel', { name: entry.relativePath })} />
        </>
      )}
    </EntryList>
  )
}

/** What has failed, and why. */
export function FailedList(): ReactNode {
  const text = useText()
  return (
    <EntryList state="failed" title={text('uploads.failed.title', { count: queue.count('failed') })}>
      {(entry) => (
        <>
          <Facts entry={entry}>
            <small>{reasonOf(entry.failure, text)}</small>
          </Facts>
          <Button
            variant="secondary"
            aria-label={text('uploads.retry.label', { name: entry.relativePath })}
            onClick={() => queue.resume(entry)}
          >
            {text('uploads.retry')}
          </Button>
          <CancelButton entry={entry} label={text('uploads.remove', { name: entry.relativePath })} />
        </>
      )}
    </EntryList>
  )
}

function EntryList(props: {
  state: UploadState
  title: string
  children: (entry: UploadEntry) => ReactNode
}): ReactNode {
  const text = useText()
  const { state, title, children } = props
  const shown = queue.first(state, SHOWN)
  const more = queue.count(state) - shown.length
  if (shown.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className="uploads-list" data-state={state} aria-label={title}>
        {shown.map((entry) => (
          <li key={entry.id}>{children(entry)}</li>
        ))}
      </ul>
      {more === 0 ? null : <p className="uploads-more">{text('uploads.more', { count: more })}</p>}
    </section>
  )
}

function Facts({ entry, children }: { entry: UploadEntry; children: ReactNode }): ReactNode {
  return (
    <span className="uploads-facts">
      <span className="uploads-name" title={entry.relativePath}>
        {entry.relativePath}
      </span>
      {children}
    </span>
  )
}

function CancelButton({ entry, label }: { entry: UploadEntry; label: string }): ReactNode {
  return (
    <Button variant="quiet" aria-label={label} onClick={() => queue.cancel(entry)}>
      <Close />
    </Button>
  )
}

/** Why something failed, in a sentence. */
function reasonOf(failure: unknown, text: Text): string {
  if (failure instanceof UnreadableFile) return text('uploads.failed.unreadable')
  if (failure instanceof OtherBytes) return text('uploads.failed.otherBytes')
  if (!(failure instanceof Refused)) return sentenceOf(failure, text)
  return sentenceOfProblem({ code: failure.code, detail: failure.message }, text)
}
