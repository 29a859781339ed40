import { useMutation } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'

/** Ends one of a list of one's own keys to the account. */
export function useRevoke(
  route: 'DELETE /api/v1/me/app-passwords/:id' | 'DELETE /api/v1/sessions/:id',
  list: readonly unknown[],
) {
  const text = useText()
  const { mutate, variables, isPending } = useMutation({
    mutationFn: ({ id }: { id: string; words: string }) => call(route, { params: { id } }),
    onSuccess: (_answer, { words }) => tell('done', words),
    onError: (failure, { words }) => {
      // It was ended meanwhile, somewhere else: that is what was wanted.
      if (codeOf(failure) === 'people/not-found') tell('done', words)
      else tell('failed', sentenceOf(failure, text))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: list }),
  })
  return {
    /** Ends one. @param words what is told once it is done */
    revoke: (id: string, words: string) => mutate({ id, words }),
    /** Id of the one that is being ended. */
    pending: isPending ? variables.id : undefined,
  }
}
