import { useCallback, useState } from 'react'
import type { Download } from '@vitrine/api/public'
import { queue, useInbox } from '../inbox/inbox.ts'
import type { DownloadOptions } from '@vitrine/downloads/download-options.ts'
import { startTransfer } from '@vitrine/downloads/start-transfer.ts'
import type { ChosenItems } from './selected-items.ts'

/** From this size on the browser's transfer starts only after a question, in bytes. */
export const ASK_FROM = 10e9

/** What is said about the last thing that was queued. */
export type Notice =
  | { readonly kind: 'working' }
  | { readonly kind: 'queued'; readonly download: Download }
  | { readonly kind: 'failed'; readonly failure: unknown }

/** Queueing, and what is told about it. */
export interface Queueing {
  readonly notice: Notice | undefined
  /** A ready download that is so large that its transfer waits for a yes. */
  readonly question: Download | undefined
  /** Queues; `start`: also begins the transfer of the first part when nothing has to be made. */
  readonly run: (choose: () => Promise<ChosenItems>, options: DownloadOptions, start: boolean) => Promise<boolean>
  readonly dismiss: () => void
  readonly answer: (yes: boolean) => void
}

/** Queues what is chosen and keeps the notice about it up to date with the inbox. */
export function useQueueing(): Queueing {
  const [notice, setNotice] = useState<Notice>()
  const [question, setQuestion] = useState<Download>()
  const { downloads } = useInbox()

  const run = useCallback(async (choose: () => Promise<ChosenItems>, options: DownloadOptions, start: boolean) => {
    setNotice({ kind: 'working' })
    try {
      const download = await queue({ ...(await choose()), ...options })
      setNotice({ kind: 'queued', download })
      if (start && download.state === 'ready') {
        if (download.size > ASK_FROM) setQuestion(download)
        else startTransfer(download)
      }
      return true
    } catch (failure) {
      setNotice({ kind: 'failed', failure })
      return false
    }
  }, [])
  const dismiss = useCallback(() => setNotice(undefined), [])
  const answer = useCallback(
    (yes: boolean) => {
      if (yes && question !== undefined) startTransfer(question)
      setQuestion(undefined)
    },
    [question],
  )
  return { notice: newestOf(notice, downloads), question, run, dismiss, answer }
}

function newestOf(notice: Notice | undefined, downloads: readonly Download[] | undefined): Notice | undefined {
  if (notice?.kind !== 'queued') return notice
  const newest = downloads?.find(({ id }) => id === notice.download.id)
  return newest === undefined ? notice : { kind: 'queued', download: newest }
}
