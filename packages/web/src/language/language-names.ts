import type { Language } from '@vitrine/ui/preferences.ts'

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }
