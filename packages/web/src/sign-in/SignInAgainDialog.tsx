import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { TextField } from '@react-spectrum/s2/TextField'
import { Button } from '@vitrine/ui/Button.tsx'
import { meQuery, queryClient } from '../api/queries.ts'
import { endQuestion, notePersonLeft } from '../api/session.ts'
import { useText } from '../language/text.ts'
import { router } from '../router.ts'
import { leaveUploads } from '../uploads/load-uploader.ts'
import { forgetPerson } from './forget-person.ts'
import { SignInButton } from './SignInButton.tsx'
import { useSignIn } from './use-sign-in.ts'
import './entry.css'

/** Asks for the password again: the same person goes on where they were, with all that they have entered. */
export function SignInAgainDialog(): ReactNode {
  const text = useText()
  const me = queryClient.getQueryData(meQuery.queryKey)
  const [password, setPassword] = useState('')
  const signIn = useSignIn((token) => {
    endQuestion(token)
    void queryClient.invalidateQueries(meQuery)
  })
  const leave = () => {
    notePersonLeft()
    void leaveUploads()
    forgetPerson()
    void router.navigate({ to: '/sign-in', search: { to: router.state.location.href } })
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (password !== '') signIn.attempt({ name: me?.name ?? '', password })
  }
  return (
    <DialogContainer onDismiss={() => undefined}>
      <Dialog isKeyboardDismissDisabled size="S">
        <Heading slot="title">{text('again.title')}</Heading>
        <Content>
          <p className="entry-hint">{text('again.why', { name: me?.displayName ?? '' })}</p>
          <form className="entry-form" noValidate onSubmit={send}>
            <input type="text" name="username" autoComplete="username" value={me?.name ?? ''} readOnly hidden />
            <TextField
              label={text('signIn.password')}
              type="password"
              autoComplete="current-password"
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is the dialog's one question
              autoFocus
              value={password}
              onChange={setPassword}
            />
            <div role="alert">
              {signIn.sentence === undefined ? null : <p className="entry-failure">{signIn.sentence}</p>}
            </div>
            <SignInButton signIn={signIn} isReady={password !== ''} />
            <Button variant="quiet" onClick={leave}>
              {text('again.leave')}
            </Button>
          </form>
        </Content>
      </Dialog>
    </DialogContainer>
  )
}
