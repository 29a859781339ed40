import { applyTheme, currentPreferences, languageOf } from '@vitrine/ui/preferences.ts'
import { askEarly } from './api/early-me.ts'

// Who is signed in is asked before the application's own code has arrived: one round trip less.
askEarly()
const { theme, language: chosen } = currentPreferences()
applyTheme(theme)

const language = languageOf(chosen, navigator.languages)
const [{ start }, { messages }] = await Promise.all([
  import('./Application.tsx'),
  language === 'de' ? import('./messages/de.ts') : import('./messages/en.ts'),
])
start({ language, messages })
