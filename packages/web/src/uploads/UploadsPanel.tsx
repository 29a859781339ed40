import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import UploadToCloud from '@react-spectrum/s2/icons/UploadToCloud'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { FailedList, PausedList, RunningList } from './EntryLists.tsx'
import { LeftUploads } from './LeftUploads.tsx'
import { currentRate, queue, useUploads } from './uploader.ts'
import { useUploadSummary } from './upload-summary.ts'
import type { UploadSummary } from './upload-summary.ts'

/** All that is uploaded, and what was left unfinished before. */
export function UploadsPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const text = useText()
  useUploads()
  const summary = useUploadSummary()
  return (
    <Sheet isOpen={isOpen} label={text('uploads.title')} onClose={onClose}>
      <div className="notices-head">
        <h2>{text('uploads.title')}</h2>
        <Button variant="quiet" aria-label={text('app.close')} onClick={onClose}>
          <Close />
        </Button>
      </div>
      <div className="uploads-body">
        {summary.isThere || summary.gathering !== undefined ? <Overview summary={summary} /> : <Nothing />}
        <RunningList />
        <PausedList />
        <FailedList />
        <LeftUploads />
      </div>
    </Sheet>
  )
}

function Nothing(): ReactNode {
  const text = useText()
  return (
    <div className="uploads-none">
      <UploadToCloud />
      <h3>{text('uploads.none')}</h3>
      <p>{text('uploads.none.text')}</p>
    </div>
  )
}

function Overview({ summary }: { summary: UploadSummary }): ReactNode {
  const text = useText()
  const { open, failed, sent, total, isPaused } = summary
  return (
    <section className="uploads-overview">
      {open === 0 ? null : (
        <>
          <progress aria-label={text('uploads.all.progress')} value={total === 0 ? 0 : sent / total} max={1} />
          <p className="uploads-figures">{figuresOf(summary, text)}</p>
        </>
      )}
      <ul className="uploads-counts">
        {countsOf(summary, text).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <div className="uploads-actions">
        {isPaused || (open > 0 && open === queue.count('paused')) ? (
          <Button variant="accent" onClick={() => queue.resumeAll()}>
            {text('uploads.resumeAll')}
          </Button>
        ) : open > 0 ? (
          <Button variant="secondary" onClick={() => queue.pauseAll()}>
            {text('uploads.pauseAll')}
          </Button>
        ) : null}
        {open > 0 ? (
          <Button variant="secondary" onClick={() => queue.cancelAll()}>
            {text('uploads.cancelAll')}
          </Button>
        ) : null}
        {failed > 0 ? (
          <Button variant="secondary" onClick={() => queue.retryAll()}>
            {text('uploads.retryAll')}
          </Button>
        ) : null}
        {open === 0 ? (
          <Button variant="quiet" onClick={() => queue.forgetEnded()}>
            {text('uploads.clear')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function figuresOf({ sent, total, isPaused }: UploadSummary, text: Text): string {
  const done = text('uploads.progress', { sent: text.bytes(sent), total: text.bytes(total) })
  if (isPaused) return `${done} · ${text('uploads.paused')}`
  const { rate, secondsLeft } = currentRate()
  return [
    done,
    ...(rate === undefined ? [] : [text('uploads.rate', { rate: text.bytes(rate) })]),
    ...(secondsLeft === undefined ? [] : [timeLeft(secondsLeft, text)]),
  ].join(' · ')
}

function timeLeft(seconds: number, text: Text): string {
  if (seconds < 60) return text('uploads.left.seconds', { count: Math.ceil(seconds) })
  if (seconds < 3600) return text('uploads.left.minutes', { count: Math.ceil(seconds / 60) })
  return text('uploads.left.hours', { count: Math.ceil(seconds / 3600) })
}

function countsOf({ gathering }: UploadSummary, text: Text): string[] {
  const count = (state: Parameters<typeof queue.count>[0], id: Parameters<Text>[0]) =>
    queue.count(state) === 0 ? [] : [text(id, { count: queue.count(state) })]
  return [
    ...(gathering === undefined ? [] : [text('uploads.gathering', { count: gathering })]),
    ...count('held', 'uploads.held'),
    ...count('ready', 'uploads.waiting'),
    ...count('done', 'uploads.done'),
    ...count('skipped', 'uploads.skipped'),
    ...count('cancelled', 'uploads.cancelled'),
  ]
}
