import '@vitrine/ui/page.css'
import './expired/dead-link.css'
import type { MessageId } from './messages/en.ts'
import { deadReasonOf } from './expired/dead-link.ts'
import { applyTheme, currentPreferences, languageOf } from '@vitrine/ui/preferences.ts'

// No request is made here, and nothing of the link is told but why it shows nothing.
const { theme, language: chosen } = currentPreferences()
const language = languageOf(chosen, navigator.languages)
const { messages } = language === 'de' ? await import('./messages/de.ts') : await import('./messages/en.ts')
const reason = deadReasonOf(document.querySelector<HTMLMetaElement>('meta[name="vitrine-reason"]')?.content ?? '')

applyTheme(theme)
document.documentElement.lang = language
document.title = messages[`dead.${reason}`]
setText('title', `dead.${reason}`)
setText('text', `dead.${reason}.text`)

function setText(id: string, message: MessageId): void {
  const element = document.getElementById(id)
  if (element !== null) element.textContent = messages[message]
}
