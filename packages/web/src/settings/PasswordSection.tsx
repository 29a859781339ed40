import type { ReactNode } from 'react'
import { useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { PasswordForm } from '../sign-in/PasswordForm.tsx'

/** Another password. */
export function PasswordSection(): ReactNode {
  const text = useText()
  const { name } = useMe()
  return (
    <>
      <h2>{text('settings.password')}</h2>
      <p className="settings-words">{text('password.why')}</p>
      <div className="settings-narrow">
        <PasswordForm
          name={name}
          button={text('password.button')}
          onChanged={() => tell('done', text('password.done'))}
        />
      </div>
    </>
  )
}
