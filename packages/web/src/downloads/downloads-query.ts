import { queryOptions } from '@tanstack/react-query'
import { isPending } from '@vitrine/downloads/is-pending.ts'
import { call } from '../api/client.ts'

/** How often what is not ready is asked for where no event tells of it, in milliseconds. */
const AGAIN_AFTER = 5000

/** One's own downloads, the newest first. */
export const downloadsQuery = queryOptions({
  queryKey: ['downloads'],
  queryFn: ({ signal }) => call('GET /api/v1/downloads', { signal }),
  refetchInterval: ({ state }) => (state.data?.downloads.some(isPending) === true ? AGAIN_AFTER : false),
})
