import { Suspense, useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import UploadToCloud from '@react-spectrum/s2/icons/UploadToCloud'
import { Button } from '@vitrine/ui/Button.tsx'
import { sentenceOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { lazyPart } from '../start/load-part.ts'
import { leftQuery, notOwn } from './left-uploads.ts'
import { onUploadsEnded, onUploadsStopped, useUploadSummary } from './upload-summary.ts'
import type { UploadsEnded, UploadSummary } from './upload-summary.ts'
import './uploads.css'

const UploadsPanel = lazyPart(() => import('./UploadsPanel.tsx'), 'UploadsPanel')
const UploadQuestions = lazyPart(() => import('./UploadQuestions.tsx'), 'UploadQuestions')

/** The way to the uploads, with how far they are; not there while there are none. What uploads ask, it asks on every page. */
export function UploadsButton(): ReactNode {
  const text = useText()
  const summary = useUploadSummary()
  const { data } = useQuery(leftQuery)
  const left = notOwn(data, summary).length
  const [isOpen, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const open = () => {
    setOpen(true)
    setWasOpen(true)
  }
  useEndTold(open)
  const isThere = summary.isThere || left > 0 || summary.gathering !== undefined
  return (
    <>
      <span className="visually-hidden" role="status">
        {summary.open === 0 ? '' : text('uploads.started')}
      </span>
      {isThere || isOpen ? (
        <span className="uploads-button" data-failed={summary.failed > 0}>
          <Button variant="quiet" aria-label={labelOf(summary, left, text)} onClick={open}>
            <UploadToCloud />
          </Button>
          <Count summary={summary} left={left} />
        </span>
      ) : null}
      {wasOpen ? (
        <Suspense fallback={null}>
          <UploadsPanel isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
      {summary.isAsking ? (
        <Suspense fallback={null}>
          <UploadQuestions />
        </Suspense>
      ) : null}
    </>
  )
}

function Count({ summary, left }: { summary: UploadSummary; left: number }): ReactNode {
  const count = summary.open || summary.failed || left
  return (
    <>
      {count === 0 ? null : (
        <span className="uploads-count" aria-hidden="true">
          {count > 999 ? '999+' : count}
        </span>
      )}
      {summary.open === 0 ? null : <progress aria-hidden="true" value={shareOf(summary)} max={1} />}
    </>
  )
}

function labelOf(summary: UploadSummary, left: number, text: Text): string {
  const { open, failed } = summary
  if (open === 0 && failed > 0) return text('uploads.open.failed', { failed })
  if (open === 0 && left > 0) return text('uploads.open.left', { left })
  return text('uploads.open', { open, percent: text.percent(shareOf(summary)) })
}

function shareOf({ sent, total }: UploadSummary): number {
  return total === 0 ? 0 : sent / total
}

/** @param name empty where it is not known to which folder they went */
function wordsOfDone(done: number, name: string, text: Text): string {
  if (done === 1) return text('uploads.ended.one', { name })
  return name === '' ? text('uploads.ended.many', { done }) : text('uploads.ended.done', { done, name })
}

/** Tells what came of it, once the last has ended. */
function useEndTold(show: () => void): void {
  const text = useText()
  const say = useEffectEvent((ended: UploadsEnded) => {
    const { done, failed, name } = ended
    if (failed > 0) {
      tell('failed', text('uploads.ended.failed', { failed, done }), { label: text('uploads.ended.show'), run: show })
    } else {
      tell('done', wordsOfDone(done, name, text))
    }
  })
  const sayStopped = useEffectEvent((failure: unknown) => {
    tell('failed', text('uploads.stopped', { why: sentenceOf(failure, text) }), {
      label: text('uploads.ended.show'),
      run: show,
    })
  })
  useEffect(() => onUploadsEnded((ended) => say(ended)), [])
  useEffect(() => onUploadsStopped((failure) => sayStopped(failure)), [])
}
