import type { ReactNode } from 'react'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import File from '@react-spectrum/s2/icons/File'
import Folder from '@react-spectrum/s2/icons/Folder'
import { call } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { leftOutWords, tallyWords } from './left-out-words.ts'
import type { ShareTarget } from './link-sharing.ts'

/** What is looked at beforehand. */
export interface PreviewWish {
  readonly targets: readonly string[]
  readonly originals: boolean
  readonly renditions: boolean
  /** Through whose rights; absent: one's own. */
  readonly holder?: string
}

/** Asks what a link would show, and what it would leave out. */
export const previewQuery = ({ targets, ...wish }: PreviewWish) =>
  queryOptions({
    queryKey: ['share-link-preview', targets, wish],
    queryFn: ({ signal }) =>
      call('POST /api/v1/share-links/preview', { body: { targets: [...targets], ...wish }, signal }),
    placeholderData: keepPreviousData,
  })

/** Targets that are named one by one; of more than these it is said how many there are. */
const MOST_NAMED = 50

/** What recipients come to see: names, counts, and what is left out and why. */
export function RecipientPreview(props: {
  targets: readonly ShareTarget[]
  wish: PreviewWish
  /** ISO 8601: when the contents were fixed; null: what is counted is what is shown. */
  frozenAt: string | null
}): ReactNode {
  const { targets, wish, frozenAt } = props
  const text = useText()
  const { data, error, refetch } = useQuery(previewQuery(wish))
  const named = targets.slice(0, MOST_NAMED)
  return (
    <section className="recipient-preview" aria-label={text('preview.title')}>
      <h3>{text('preview.title')}</h3>
      <ul className="preview-targets">
        {named.map(({ id, kind, name }) => (
          <li key={id}>
            {kind === 'folder' ? <Folder /> : <File />}
            <span>{name === '' ? text('rail.files') : name}</span>
          </li>
        ))}
      </ul>
      {targets.length > named.length ? <p>{text('preview.more', { count: targets.length - named.length })}</p> : null}
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <FailureNote failure={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <p className="preview-tally">{tallyWords(data.shown, text)}</p>
          {data.leftOut.length === 0 ? (
            <p className="preview-note">{text('preview.nothingLeftOut')}</p>
          ) : (
            <ul className="preview-left-out" aria-label={text('preview.leftOut')}>
              {data.leftOut.map((one) => (
                <li key={one.reason}>
                  <AlertTriangle />
                  <span>{leftOutWords(one, text)}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {frozenAt === null ? null : (
        <p className="preview-note">{text('preview.frozen', { when: text.moment(frozenAt) })}</p>
      )}
      {wish.originals || wish.renditions ? null : <p className="preview-note">{text('preview.lookOnly')}</p>}
    </section>
  )
}
