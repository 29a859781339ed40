import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import Import from '@react-spectrum/s2/icons/Import'
import { DownloadEntry } from '@vitrine/downloads/DownloadEntry.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { addressOf, call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { sentenceOf } from '../api/failure-words.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { downloadsQuery } from './downloads-query.ts'
import './inbox-page.css'

/** What one has queued, and how far it is. */
export function InboxPage(): ReactNode {
  const text = useText()
  usePageTitle(text('rail.downloads'))
  return (
    <>
      <h1 className="page-title">{text('rail.downloads')}</h1>
      <Inbox />
    </>
  )
}

function Inbox(): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(downloadsQuery)
  const again = () => void refetch()
  if (data === undefined) return error === null ? <Waiting /> : <FailurePage failure={error} onRetry={again} />
  const { downloads } = data
  return (
    <>
      <FailureNote failure={error} onRetry={again} />
      {downloads.length === 0 ? (
        <EmptyState icon={<Import />} title={text('downloads.empty')} words={text('downloads.empty.text')} />
      ) : (
        <ul className="downloads">
          {downloads.map((download) => (
            <OwnDownload key={download.id} download={download} />
          ))}
        </ul>
      )}
    </>
  )
}

type Download = AnswerOf<'GET /api/v1/downloads'>['downloads'][number]

function OwnDownload({ download }: { download: Download }): ReactNode {
  const text = useText()
  const params = { id: download.id }
  const afterwards = () => void queryClient.invalidateQueries(downloadsQuery)
  const deeds = {
    checksums: addressOf('/api/v1/downloads/:id/SHA256SUMS', { params }),
    cancel: () => call('POST /api/v1/downloads/:id/cancel', { params }).finally(afterwards),
    again: () => call('POST /api/v1/downloads/:id/again', { params }).finally(afterwards),
    refusal: (failure: unknown) => sentenceOf(failure, text),
  }
  return <DownloadEntry download={download} deeds={deeds} text={text} level={2} />
}
