import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { TextField } from '@react-spectrum/s2/TextField'
import { useText } from '../language/text.ts'
import { usePageTitle } from '../shell/use-page-title.ts'
import { enter } from './enter.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { forgetPerson } from './forget-person.ts'
import { SignInButton } from './SignInButton.tsx'
import { useSignIn } from './use-sign-in.ts'

const route = getRouteApi('/sign-in')

/** Name and password. */
export function SignInPage(): ReactNode {
  const text = useText()
  const { to } = route.useSearch()
  const router = useRouter()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useSignIn(() => {
    // Nothing that somebody else has seen here is shown to who comes now.
    forgetPerson()
    enter(router.history, to)
  })
  usePageTitle(text('signIn.title'))

  const send = (event: FormEvent) => {
    event.preventDefault()
    if (name !== '' && password !== '') signIn.attempt({ name, password })
  }
  return (
    <EntryFrame title={text('signIn.title')} hint={to === undefined ? undefined : text('signIn.first')}>
      <form className="entry-form" noValidate onSubmit={send}>
        <TextField
          label={text('signIn.name')}
          name="username"
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- there is nothing else to do on this page
          autoFocus
          size="L"
          value={name}
          onChange={setName}
        />
        <TextField
          label={text('signIn.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          size="L"
          value={password}
          onChange={setPassword}
        />
        <div role="alert">
          {signIn.sentence === undefined ? null : <p className="entry-failure">{signIn.sentence}</p>}
        </div>
        <SignInButton signIn={signIn} isReady={name !== '' && password !== ''} />
      </form>
    </EntryFrame>
  )
}
