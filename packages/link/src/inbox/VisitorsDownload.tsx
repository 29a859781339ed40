import type { ReactNode } from 'react'
import type { Download } from '@vitrine/api/public'
import { DownloadEntry } from '@vitrine/downloads/DownloadEntry.tsx'
import { checksumsAddress } from '../api/public-client.ts'
import { queueFailureText } from '../browse/failure-text.ts'
import { useText } from '../language/text.tsx'
import { cancel, queue, requestOf } from './inbox.ts'

/** A download of the visitor. Queueing it again is offered where this browser knows what was asked for. */
export function VisitorsDownload({ download }: { download: Download }): ReactNode {
  const text = useText()
  const wanted = requestOf(download.id)
  const deeds = {
    checksums: checksumsAddress(download.id),
    cancel: () => cancel(download.id),
    again: wanted === undefined ? undefined : () => queue(wanted),
    refusal: (failure: unknown) => queueFailureText(failure, text),
  }
  return <DownloadEntry download={download} deeds={deeds} text={text} level={3} />
}
