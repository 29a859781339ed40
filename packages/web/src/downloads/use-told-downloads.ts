import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { isPending } from '@vitrine/downloads/is-pending.ts'
import type { AnswerOf } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { downloadsQuery } from './downloads-query.ts'

type Downloads = AnswerOf<'GET /api/v1/downloads'>['downloads']

/** Tells, on whatever page, when a download that was being prepared is ready or has failed. */
export function useToldDownloads(): void {
  const text = useText()
  const navigate = useNavigate()
  const { data } = useQuery(downloadsQuery)
  const before = useRef<Downloads>(undefined)
  useEffect(() => {
    const known = new Map(before.current?.map((download) => [download.id, download]))
    before.current = data?.downloads
    for (const { id, name, state } of data?.downloads ?? []) {
      const former = known.get(id)
      if (former === undefined || !isPending(former)) continue
      const open = { label: text('downloads.open'), run: () => void navigate({ to: '/downloads' }) }
      if (state === 'ready') tell('done', text('downloads.ready', { name }), open)
      if (state === 'failed') tell('failed', text('downloads.failed', { name }), open)
    }
  }, [data, navigate, text])
}
