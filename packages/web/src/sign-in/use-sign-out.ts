import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { forgetAnswers } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { forgetNotices, tell } from '../notices/notices.ts'

/** Ends this session, and forgets all that was shown in it. */
export function useSignOut() {
  const text = useText()
  const router = useRouter()
  return useMutation({
    mutationFn: async () => {
      try {
        await call('DELETE /api/v1/sessions/current', { signedOut: 'fail' })
      } catch (failure) {
        // It was over already.
        if (codeOf(failure) !== 'access/unauthenticated') throw failure
      }
    },
    onSuccess: () => {
      forgetNotices()
      forgetAnswers()
      void router.navigate({ to: '/sign-in' })
    },
    onError: (failure) => tell('failed', sentenceOf(failure, text)),
  })
}
