import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { notePersonLeft } from '../api/session.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { leaveUploads } from '../uploads/load-uploader.ts'
import { forgetPerson } from './forget-person.ts'

/** Ends this session, or all of this person, and forgets all that was shown in it. */
export function useSignOut(what: 'DELETE /api/v1/sessions/current' | 'DELETE /api/v1/sessions') {
  const text = useText()
  const router = useRouter()
  return useMutation({
    mutationFn: () => (what === 'DELETE /api/v1/sessions/current' ? endThisOne() : call(what)),
    onSuccess: () => {
      notePersonLeft()
      void leaveUploads()
      forgetPerson()
      void router.navigate({ to: '/sign-in' })
    },
    onError: (failure) => tell('failed', sentenceOf(failure, text)),
  })
}

async function endThisOne(): Promise<void> {
  try {
    await call('DELETE /api/v1/sessions/current', { signedOut: 'fail' })
  } catch (failure) {
    // It was over already.
    if (codeOf(failure) !== 'access/unauthenticated') throw failure
  }
}
