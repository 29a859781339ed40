import { QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import type { AnswerOf } from './client.ts'
import { onReturn } from './connection.ts'
import { holdCsrfToken } from './session.ts'

/** What the server has said, as long as it is worth something. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The client repeats by itself; and a server in the house is there without the internet.
    queries: { retry: false, networkMode: 'always', staleTime: 30_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
})

onReturn(() => void queryClient.invalidateQueries())

/** Who is signed in. */
export type Me = AnswerOf<'GET /api/v1/me'>

/** Asks who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await call('GET /api/v1/me', { signal, signedOut: 'fail' })
    holdCsrfToken(me.csrfToken)
    return me
  },
})

/** Who is signed in, below the signed-in route. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}
