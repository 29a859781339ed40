import { listItemsEarly } from './api/public-client.ts'
import { PAGE_SIZE } from './api/page-size.ts'
import { applyTheme, currentPreferences, languageOf } from '@vitrine/ui/preferences.ts'
import { currentPlace } from './place/place.ts'

// The items are asked for before the page's own code has arrived: one round trip less.
const { theme, language: chosen } = currentPreferences()
const { folder, sort, filter } = currentPlace()
listItemsEarly({ folder, sort, filter }, PAGE_SIZE)
applyTheme(theme)

const language = languageOf(chosen, navigator.languages)
const [{ start }, { messages }] = await Promise.all([
  import('./browse/LinkPage.tsx'),
  language === 'de' ? import('./messages/de.ts') : import('./messages/en.ts'),
])
start({ language, messages })
