import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { TextField } from '@react-spectrum/s2/TextField'
import Key from '@react-spectrum/s2/icons/Key'
import { Button } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { NewSecret } from './NewSecret.tsx'
import { useRevoke } from './use-revoke.ts'

const appPasswordsQuery = queryOptions({
  queryKey: ['me', 'app-passwords'],
  queryFn: ({ signal }) => call('GET /api/v1/me/app-passwords', { signal }),
})

/** Secrets with which programs sign in. */
export function AppPasswordsSection(): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(appPasswordsQuery)
  return (
    <>
      <h2>{text('settings.appPasswords')}</h2>
      <p className="settings-words">{text('appPasswords.why')}</p>
      <NewAppPassword />
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <FailurePage failure={error} onRetry={() => void refetch()} />
        )
      ) : (
        <AppPasswordList items={data.items} />
      )}
    </>
  )
}

function NewAppPassword(): ReactNode {
  const text = useText()
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => call('POST /api/v1/me/app-passwords', { body: { name: name.trim() } }),
    onSuccess: () => {
      setName('')
      void queryClient.invalidateQueries(appPasswordsQuery)
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') create.mutate()
  }
  return (
    <>
      <form className="settings-line" noValidate onSubmit={send}>
        <TextField
          label={text('appPasswords.name')}
          description={text('appPasswords.name.why')}
          maxLength={200}
          value={name}
          onChange={setName}
        />
        <Button variant="accent" type="submit" disabled={name.trim() === '' || create.isPending}>
          {text('appPasswords.create')}
        </Button>
      </form>
      <FailureNote failure={create.error} onRetry={() => create.mutate()} />
      <NewSecret made={create.data} onDone={() => create.reset()} />
    </>
  )
}

type AppPassword = AnswerOf<'GET /api/v1/me/app-passwords'>['items'][number]

function AppPasswordList({ items }: { items: readonly AppPassword[] }): ReactNode {
  const text = useText()
  const { revoke, pending } = useRevoke('DELETE /api/v1/me/app-passwords/:id', appPasswordsQuery.queryKey)
  if (items.length === 0) return <p className="settings-none">{text('appPasswords.none')}</p>
  return (
    <ul className="settings-list" aria-label={text('settings.appPasswords')}>
      {items.map(({ id, name, createdAt, lastUsedAt }) => (
        <li key={id}>
          <Key />
          <span className="settings-item">
            <strong>{name}</strong>
            <small>
              {text('appPasswords.created', { when: text.day(createdAt) })} ·{' '}
              {lastUsedAt === null
                ? text('appPasswords.unused')
                : text('appPasswords.used', { when: text.moment(lastUsedAt) })}
            </small>
          </span>
          <Button
            variant="secondary"
            aria-label={text('appPasswords.revoke.label', { name })}
            disabled={pending === id}
            onClick={() => revoke(id, text('appPasswords.revoked', { name }))}
          >
            {text('appPasswords.revoke')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
