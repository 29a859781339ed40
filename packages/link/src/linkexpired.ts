import '@vitrine/ui/page.css'
import './expired/dead-link.css'
import type { MessageId } from './messages/en.ts'
import { deadReasonOf } from './expired/dead-link.ts'
import { applyTheme, currentPreferences, languageOf } from '@vitrine/ui/preferences.ts'

// Nothing of the link is told or asked but why it shows nothing.
const { theme, language: chosen } = currentPreferences()
const language = languageOf(chosen, navigator.languages)
const { messages } = language === 'de' ? await import('./messages/de.ts') : await import('./messages/en.ts')
const reason = deadReasonOf(document.querySelector<HTMLMetaElement>('meta[name="vitrine-reason"]')?.content ?? '')

applyTheme(theme)
document.documentElement.lang = language
document.title = messages[`dead.${reason}`]
setText('title', `dead.${reason}`)
setText('text', `dead.${reason}.text`)
if (reason === 'members-only') offerSignIn()

function setText(id: string, message: MessageId): void {
  const element = document.getElementById(id)
  if (element !== null) element.textContent = messages[message]
}

/** Leads to where one signs in, and from there back to the link. On a listener without it there is nothing to offer. */
function offerSignIn(): void {
  const anchor = document.createElement('a')
  anchor.href = `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`
  anchor.textContent = messages['dead.members-only.signIn']
  fetch(anchor.href, { method: 'HEAD' }).then(
    ({ ok }) => ok && document.getElementById('text')?.after(anchor),
    () => undefined,
  )
}
