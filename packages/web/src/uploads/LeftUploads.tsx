import { useRef, useState } from 'react'
import type { ChangeEvent, ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@vitrine/ui/Button.tsx'
import { sentenceOf } from '../api/failure-words.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { leftQuery, matchLeft, nameOf, notOwn } from './left-uploads.ts'
import type { LeftUpload } from './left-uploads.ts'
import { discard } from './send-entry.ts'
import { goOn } from './uploader.ts'
import { useUploadSummary } from './upload-summary.ts'

/** What was begun before the page was left: goes on where it stopped, once its file is chosen again. */
export function LeftUploads(): ReactNode {
  const text = useText()
  const summary = useUploadSummary()
  const { data } = useQuery(leftQuery)
  const left = notOwn(data, summary)
  const input = useRef<HTMLInputElement>(null)
  const [others, setOthers] = useState(0)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const found = matchLeft(left, [...(event.target.files ?? [])])
    for (const { upload, file } of found.matches) goOnWith(upload, file)
    setOthers(found.others)
    event.target.value = ''
  }
  if (left.length === 0) return null
  return (
    <section>
      <h3>{text('uploads.unfinished.title')}</h3>
      <p className="uploads-words">{text('uploads.unfinished.why')}</p>
      <input ref={input} type="file" multiple hidden data-upload="again" onChange={take} />
      <Button variant="accent" onClick={() => input.current?.click()}>
        {text('uploads.unfinished.choose')}
      </Button>
      <p role="alert" className="uploads-words">
        {others === 0 ? '' : text('uploads.unfinished.other', { count: others })}
      </p>
      <ul className="uploads-list" aria-label={text('uploads.unfinished.title')}>
        {left.map((upload) => (
          <LeftRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  )
}

function LeftRow({ upload }: { upload: LeftUpload }): ReactNode {
  const text = useText()
  const name = nameOf(upload)
  const remove = async () => {
    try {
      await discard(upload.url)
      tell('done', text('uploads.unfinished.discarded', { name }))
    } catch (failure) {
      tell('failed', sentenceOf(failure, text))
    }
    await queryClient.invalidateQueries(leftQuery)
  }
  return (
    <li>
      <span className="uploads-facts">
        <span className="uploads-name" title={upload.relativePath}>
          {upload.relativePath}
        </span>
        <small>{text('uploads.of', { sent: text.bytes(upload.offset), size: text.bytes(upload.size) })}</small>
      </span>
      <Button
        variant="secondary"
        aria-label={text('uploads.unfinished.discard.label', { name })}
        onClick={() => void remove()}
      >
        {text('uploads.unfinished.discard')}
      </Button>
    </li>
  )
}

function goOnWith({ url, parent, relativePath, size }: LeftUpload, file: File): void {
  goOn({ folder: { id: parent, name: '' }, kind: 'file', relativePath, size, file, url })
}
