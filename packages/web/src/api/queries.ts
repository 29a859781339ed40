import { QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import type { AnswerOf } from './client.ts'
import { onReturn } from './connection.ts'
import { codeOf } from './failure-words.ts'
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

const forgetters = new Set<() => void>()

/** Calls back when all that the server has said to one person is to be forgotten. */
export function onForget(listener: () => void): void {
  forgetters.add(listener)
}

/** Forgets all that the server has said: the person it was said to has signed out. */
export function forgetAnswers(): void {
  queryClient.clear()
  for (const forget of forgetters) forget()
}

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

/** For so long it is taken for true that nobody is signed in, in milliseconds: from one route to the next. */
const NOBODY_FOR = 2000

/** Who is signed in; undefined: nobody. @throws RequestFailure when that cannot be told */
export async function whoever(): Promise<Me | undefined> {
  const known = queryClient.getQueryState(meQuery.queryKey)
  if (known?.data === undefined && isNobody(known?.error) && Date.now() - (known?.errorUpdatedAt ?? 0) < NOBODY_FOR) {
    return undefined
  }
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (failure) {
    if (isNobody(failure)) return undefined
    throw failure
  }
}

function isNobody(failure: unknown): boolean {
  return codeOf(failure) === 'access/unauthenticated'
}

/** Who is signed in, below the signed-in route. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}
