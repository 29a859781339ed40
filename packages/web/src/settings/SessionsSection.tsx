import { useState } from 'react'
import type { ReactNode } from 'react'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { AlertDialog } from '@react-spectrum/s2/AlertDialog'
import { DialogContainer } from '@react-spectrum/s2/Dialog'
import DeviceDesktopMobile from '@react-spectrum/s2/icons/DeviceDesktopMobile'
import { Button } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { sentenceOf } from '../api/failure-words.ts'
import { forgetAnswers } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { forgetNotices, tell } from '../notices/notices.ts'
import { FailurePage } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { browserOf } from './browser-of.ts'
import { useRevoke } from './use-revoke.ts'

const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => call('GET /api/v1/sessions', { signal }),
})

/** Where one is signed in. */
export function SessionsSection(): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(sessionsQuery)
  return (
    <>
      <h2>{text('settings.sessions')}</h2>
      <p className="settings-words">{text('sessions.why')}</p>
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <FailurePage failure={error} onRetry={() => void refetch()} />
        )
      ) : (
        <SessionList items={data.items} />
      )}
      <SignOutEverywhere />
    </>
  )
}

type Session = AnswerOf<'GET /api/v1/sessions'>['items'][number]

function SessionList({ items }: { items: readonly Session[] }): ReactNode {
  const text = useText()
  const { revoke, pending } = useRevoke('DELETE /api/v1/sessions/:id', sessionsQuery.queryKey)
  return (
    <ul className="settings-list" aria-label={text('settings.sessions')}>
      {items.map(({ id, userAgent, createdAt, lastSeenAt, current }) => {
        const browser = browserOf(userAgent) ?? text('sessions.unknown')
        return (
          <li key={id}>
            <DeviceDesktopMobile />
            <span className="settings-item">
              <strong>
                {browser}
                {current ? <em>{text('sessions.current')}</em> : null}
              </strong>
              <small>
                {text('sessions.since', { when: text.moment(createdAt) })} ·{' '}
                {text('sessions.seen', { when: text.moment(lastSeenAt) })}
              </small>
            </span>
            {current ? null : (
              <Button
                variant="secondary"
                aria-label={text('sessions.end.label', { browser, when: text.moment(createdAt) })}
                disabled={pending === id}
                onClick={() => revoke(id, text('sessions.ended', { browser }))}
              >
                {text('sessions.end')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function SignOutEverywhere(): ReactNode {
  const text = useText()
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const signOut = useMutation({
    mutationFn: () => call('DELETE /api/v1/sessions'),
    onSuccess: () => {
      forgetNotices()
      forgetAnswers()
      void router.navigate({ to: '/sign-in' })
    },
    onError: (failure) => tell('failed', sentenceOf(failure, text)),
  })
  return (
    <div className="settings-form">
      <div>
        <Button variant="secondary" disabled={signOut.isPending} onClick={() => setAsking(true)}>
          {text('sessions.everywhere')}
        </Button>
      </div>
      <DialogContainer onDismiss={() => setAsking(false)}>
        {isAsking ? (
          <AlertDialog
            title={text('sessions.everywhere.title')}
            variant="confirmation"
            primaryActionLabel={text('sessions.everywhere')}
            cancelLabel={text('app.cancel')}
            onPrimaryAction={() => signOut.mutate()}
          >
            {text('sessions.everywhere.text')}
          </AlertDialog>
        ) : null}
      </DialogContainer>
    </div>
  )
}
