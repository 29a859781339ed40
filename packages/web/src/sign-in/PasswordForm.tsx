import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { TextField } from '@react-spectrum/s2/TextField'
import { Button } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import './entry.css'

/** The present password, and a new one twice. */
export function PasswordForm(props: {
  /** Sign-in name, for the browser's own store of passwords. */
  name: string
  button: string
  onChanged: () => void
}): ReactNode {
  const text = useText()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const change = useMutation({
    mutationFn: () => call('PUT /api/v1/me/password', { body: { current, password } }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      setRepeated('')
      props.onChanged()
    },
  })
  const code = codeOf(change.error)
  const isRefused = code === 'people/password-too-short' || code === 'people/password-unchanged'
  const isOther = repeated !== '' && repeated !== password
  const isReady = current !== '' && password !== '' && repeated === password
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) change.mutate()
  }
  return (
    <form className="entry-form" noValidate onSubmit={send}>
      <input type="text" name="username" autoComplete="username" value={props.name} readOnly hidden />
      <TextField
        label={text('password.current')}
        type="password"
        autoComplete="current-password"
        size="L"
        value={current}
        onChange={(entered) => {
          setCurrent(entered)
          change.reset()
        }}
        isInvalid={code === 'access/denied'}
        errorMessage={text('password.wrong')}
      />
      <TextField
        label={text('password.new')}
        description={text('password.rule')}
        type="password"
        autoComplete="new-password"
        size="L"
        value={password}
        onChange={(entered) => {
          setPassword(entered)
          change.reset()
        }}
        isInvalid={isRefused}
        errorMessage={isRefused ? sentenceOf(change.error, text) : undefined}
      />
      <TextField
        label={text('password.repeat')}
        type="password"
        autoComplete="new-password"
        size="L"
        value={repeated}
        onChange={setRepeated}
        isInvalid={isOther}
        errorMessage={text('password.other')}
      />
      <div role="alert">
        {change.error === null || code === 'access/denied' || isRefused ? null : (
          <p className="entry-failure">{sentenceOf(change.error, text)}</p>
        )}
      </div>
      <Button variant="accent" type="submit" className="entry-button" disabled={!isReady || change.isPending}>
        {change.isPending ? text('password.pending') : props.button}
      </Button>
    </form>
  )
}
