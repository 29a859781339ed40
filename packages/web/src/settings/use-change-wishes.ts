import { useMutation } from '@tanstack/react-query'
import { prefer } from '@vitrine/ui/preferences.ts'
import type { Language, Theme } from '@vitrine/ui/preferences.ts'
import { call } from '../api/client.ts'
import { sentenceOf } from '../api/failure-words.ts'
import { meQuery, queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'

/** Colours of the application, in the order in which they are offered. */
export const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[]

/** How the application is to be. */
export interface WishChange {
  readonly theme?: Theme
  /** Null: as the browser asks for. */
  readonly language?: Language | null
}

/** Changes how the application looks and speaks: at once here, and from then on wherever the person signs in. */
export function useChangeWishes() {
  const text = useText()
  return useMutation({
    mutationFn: (change: WishChange) => call('PATCH /api/v1/me', { body: change }),
    onMutate: (change) => {
      const before = queryClient.getQueryData(meQuery.queryKey)
      if (before !== undefined) queryClient.setQueryData(meQuery.queryKey, { ...before, ...change })
      prefer({
        ...(change.theme === undefined ? {} : { theme: change.theme }),
        ...(change.language === undefined ? {} : { language: change.language ?? undefined }),
      })
      return before
    },
    onSuccess: (me) => queryClient.setQueryData(meQuery.queryKey, me),
    onError: (failure, _change, before) => {
      queryClient.setQueryData(meQuery.queryKey, before)
      tell('failed', sentenceOf(failure, text))
    },
  })
}
