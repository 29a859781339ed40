import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { startTransfer } from '@vitrine/downloads/start-transfer.ts'
import type { DownloadOptions } from '@vitrine/downloads/download-options.ts'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import type { ShapeOf } from '@vitrine/api/routes'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { downloadsQuery } from './downloads-query.ts'

/** Which nodes: these, or all of a folder but some. */
export type DownloadedNodes = ShapeOf<'POST /api/v1/downloads'>['body']['nodes']

/** What is to be queued. */
export interface QueueOrder {
  readonly nodes: DownloadedNodes
  readonly options: DownloadOptions
  /** Whether the browser is to begin with the first part, where nothing has to be made first. */
  readonly start: boolean
  /** Names this order: sent again it queues nothing else. */
  readonly key: string
}

type Download = AnswerOf<'POST /api/v1/downloads'>

/** Queues a download. @param onQueued called when it is in the inbox */
export function useQueueDownload(onQueued: () => void) {
  const text = useText()
  const navigate = useNavigate()
  const say = (download: Download) => {
    const { name, entries: count, state, parts } = download
    const id =
      state === 'ready' ? (parts.length > 1 ? 'downloads.queued.parts' : 'downloads.queued.ready') : 'downloads.queued'
    const words = text(id, { name, count, parts: parts.length, size: text.bytes(download.size) })
    tell('done', words, { label: text('downloads.open'), run: () => void navigate({ to: '/downloads' }) })
  }
  return useMutation({
    mutationFn: ({ nodes, options, key }: QueueOrder) =>
      call('POST /api/v1/downloads', {
        body: { nodes, ...options, renditions: [...options.renditions] },
        idempotencyKey: key,
      }),
    onSuccess: (download, { start }) => {
      if (start && download.state === 'ready') startTransfer(download)
      say(download)
      void queryClient.invalidateQueries(downloadsQuery)
      onQueued()
    },
  })
}
