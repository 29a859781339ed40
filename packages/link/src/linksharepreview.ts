import { applyTheme, currentPreferences, languageOf } from '@vitrine/ui/preferences.ts'

const { theme, language: chosen } = currentPreferences()
applyTheme(theme)

const language = languageOf(chosen, navigator.languages)
const [{ start }, { messages }] = await Promise.all([
  import('./browse/LinkPage.tsx'),
  language === 'de' ? import('./messages/de.ts') : import('./messages/en.ts'),
])
start({ language, messages })
