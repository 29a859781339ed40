import { useRef, useState } from 'react'
import type { ChangeEvent, ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import { sentenceOf, sentenceOfProblem } from '../api/failure-words.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { fileOf } from './kept-origins.ts'
import { leftQuery, notOwn, originsQuery } from './left-uploads.ts'
import type { LeftUpload } from './left-uploads.ts'
import { matchLeft, nameOf } from './match-left.ts'
import { discard } from './send-entry.ts'
import type { FileOrigin } from './upload-entry.ts'
import { goOn } from './uploader.ts'
import { publishDone, useUploadSummary } from './upload-summary.ts'

/** What was begun before the page was left: goes on where it stopped, once its file is chosen again. */
export function LeftUploads(): ReactNode {
  const text = useText()
  const summary = useUploadSummary()
  const { data } = useQuery(leftQuery)
  const { data: origins } = useQuery(originsQuery)
  const left = notOwn(data, summary)
  const input = useRef<HTMLInputElement>(null)
  const [others, setOthers] = useState(0)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const found = matchLeft(left, [...(event.target.files ?? [])])
    for (const { upload, file } of found.matches) goOnWith(upload, file)
    setOthers(found.others)
    event.target.value = ''
  }
  return (
    <>
      <p role="alert" className="uploads-words">
        {others === 0 ? '' : text('uploads.unfinished.other', { count: others })}
      </p>
      {left.length === 0 ? null : (
        <section>
          <h3>{text('uploads.unfinished.title')}</h3>
          <p className="uploads-words">{text('uploads.unfinished.why')}</p>
          <input ref={input} type="file" multiple hidden data-upload="again" onChange={take} />
          <Button variant="accent" onClick={() => input.current?.click()}>
            {text('uploads.unfinished.choose')}
          </Button>
          <ul className="uploads-list" aria-label={text('uploads.unfinished.title')}>
            {left.map((upload) => (
              <LeftRow key={upload.id} upload={upload} origin={origins?.get(upload.url)} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function LeftRow({ upload, origin }: { upload: LeftUpload; origin: FileOrigin | undefined }): ReactNode {
  const text = useText()
  const name = nameOf(upload)
  const isReceived = upload.state === 'received'
  return (
    <li className="uploads-left">
      <span className="uploads-facts">
        <span className="uploads-name" title={upload.relativePath}>
          {upload.relativePath}
        </span>
        <small>{isReceived ? whyReceived(upload, text) : howFar(upload, text)}</small>
      </span>
      {isReceived ? <FinishButtons upload={upload} /> : null}
      {isReceived || origin === undefined ? null : (
        <Button
          variant="secondary"
          aria-label={text('uploads.unfinished.goOn.label', { name })}
          onClick={() => void readAgain(upload, origin, text)}
        >
          {text('uploads.unfinished.goOn')}
        </Button>
      )}
      <Button
        variant="secondary"
        aria-label={text('uploads.unfinished.discard.label', { name })}
        onClick={() => void remove(upload, text)}
      >
        {text('uploads.unfinished.discard')}
      </Button>
    </li>
  )
}

/** For one whose bytes are all there: its file is not needed. */
function FinishButtons({ upload }: { upload: LeftUpload }): ReactNode {
  const text = useText()
  const choices =
    upload.failure?.code === 'node/name-taken' ? (['version', 'keep-both'] as const) : (['finish'] as const)
  return choices.map((choice) => (
    <Button
      key={choice}
      variant="secondary"
      onClick={() => void finish(upload, choice === 'finish' ? {} : { conflict: choice }, text)}
    >
      {text(`uploads.unfinished.${choice}`)}
    </Button>
  ))
}

function howFar({ offset, size }: LeftUpload, text: Text): string {
  return text('uploads.of', { sent: text.bytes(offset), size: text.bytes(size) })
}

function whyReceived({ failure }: LeftUpload, text: Text): string {
  const received = text('uploads.unfinished.received')
  return failure === null || failure === undefined ? received : `${received} ${sentenceOfProblem(failure, text)}`
}

async function finish(upload: LeftUpload, body: { conflict?: 'version' | 'keep-both' }, text: Text): Promise<void> {
  try {
    await call('POST /api/v1/uploads/:id/finish', { params: { id: upload.id }, body })
    tell('done', text('uploads.ended.one', { name: nameOf(upload) }))
    publishDone()
  } catch (failure) {
    tell('failed', sentenceOf(failure, text))
  }
  await queryClient.invalidateQueries(leftQuery)
}

async function remove(upload: LeftUpload, text: Text): Promise<void> {
  try {
    await discard(upload.url)
    tell('done', text('uploads.unfinished.discarded', { name: nameOf(upload) }))
  } catch (failure) {
    tell('failed', sentenceOf(failure, text))
  }
  await queryClient.invalidateQueries(leftQuery)
}

async function readAgain(upload: LeftUpload, origin: FileOrigin, text: Text): Promise<void> {
  const file = await fileOf(origin)
  if (file !== undefined && matchLeft([upload], [file]).others === 0) goOnWith(upload, file, origin)
  else tell('failed', text('uploads.unfinished.denied', { name: nameOf(upload) }))
}

function goOnWith({ url, parent, relativePath, size }: LeftUpload, file: File, origin?: FileOrigin): void {
  goOn({ folder: { id: parent, name: '' }, kind: 'file', relativePath, size, file, url, origin })
}
