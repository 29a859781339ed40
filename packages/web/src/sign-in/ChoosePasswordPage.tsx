import type { ReactNode } from 'react'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { meQuery, queryClient, useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Button } from '@vitrine/ui/Button.tsx'
import { enter } from './enter.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { useSignOut } from './use-sign-out.ts'

const route = getRouteApi('/choose-password')

/** A password of one's own, before anything else. */
export function ChoosePasswordPage(): ReactNode {
  const text = useText()
  const { to } = route.useSearch()
  const { name, displayName } = useMe()
  const router = useRouter()
  const signOut = useSignOut('DELETE /api/v1/sessions/current')
  usePageTitle(text('choose.title'))
  const goOn = async () => {
    await queryClient.refetchQueries(meQuery)
    enter(router.history, to)
  }
  return (
    <EntryFrame title={text('choose.title')} hint={text('choose.why', { name: displayName })}>
      <PasswordForm name={name} button={text('choose.button')} onChanged={() => void goOn()} />
      <Button variant="quiet" className="entry-leave" onClick={() => signOut.mutate()}>
        {text('account.signOut')}
      </Button>
    </EntryFrame>
  )
}
