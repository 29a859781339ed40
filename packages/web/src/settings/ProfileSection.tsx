import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Picker, PickerItem } from '@react-spectrum/s2/Picker'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { TextField } from '@react-spectrum/s2/TextField'
import { languages } from '@vitrine/ui/preferences.ts'
import { Button } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import { meQuery, queryClient, useMe } from '../api/queries.ts'
import { languageNames } from '../language/language-names.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { themes, useChangeWishes } from './use-change-wishes.ts'

/** What one is called, and how the application looks and speaks. */
export function ProfileSection(): ReactNode {
  const text = useText()
  const me = useMe()
  return (
    <>
      <h2>{text('settings.profile')}</h2>
      <dl className="settings-facts">
        <dt>{text('profile.name')}</dt>
        <dd>{me.name}</dd>
        <dt>{text('profile.email')}</dt>
        <dd>{me.email ?? text('profile.email.none')}</dd>
      </dl>
      <DisplayNameForm key={me.displayName} displayName={me.displayName} />
      <WishFields />
    </>
  )
}

function DisplayNameForm({ displayName }: { displayName: string }): ReactNode {
  const text = useText()
  const [entered, setEntered] = useState(displayName)
  const change = useMutation({
    mutationFn: () => call('PATCH /api/v1/me', { body: { displayName: entered } }),
    onSuccess: (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      tell('done', text('profile.displayName.saved', { name: me.displayName }))
    },
  })
  const isChanged = entered.trim() !== '' && entered.trim() !== displayName
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isChanged) change.mutate()
  }
  return (
    <form className="settings-form" noValidate onSubmit={send}>
      <TextField
        label={text('profile.displayName')}
        description={text('profile.displayName.why')}
        autoComplete="name"
        maxLength={200}
        value={entered}
        onChange={setEntered}
      />
      <FailureNote failure={change.error} onRetry={() => change.mutate()} />
      <div>
        <Button variant="accent" type="submit" disabled={!isChanged || change.isPending}>
          {text('app.save')}
        </Button>
      </div>
    </form>
  )
}

/** The browser's own language, as a choice. */
const BROWSER = 'browser'

function WishFields(): ReactNode {
  const text = useText()
  const { language, theme } = useMe()
  const change = useChangeWishes()
  return (
    <div className="settings-form">
      <Picker
        label={text('profile.language')}
        selectedKey={language ?? BROWSER}
        onSelectionChange={(key) => change.mutate({ language: languages.find((known) => known === key) ?? null })}
      >
        {[
          <PickerItem key={BROWSER} id={BROWSER}>
            {text('profile.language.browser')}
          </PickerItem>,
          ...languages.map((known) => (
            <PickerItem key={known} id={known}>
              {languageNames[known]}
            </PickerItem>
          )),
        ]}
      </Picker>
      <RadioGroup
        label={text('account.theme')}
        orientation="horizontal"
        value={theme}
        onChange={(value) => change.mutate({ theme: themes.find((known) => known === value) ?? 'system' })}
      >
        {themes.map((known) => (
          <Radio key={known} value={known}>
            {text(`theme.${known}`)}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  )
}
