import type { messages as english } from './messages.en.ts'

/** The words of what is shared with one, in German. */
export const messages: Record<keyof typeof english, string> = {
  'withMe.none': 'Für Sie ist noch nichts freigegeben',
  'withMe.none.text': 'Links, die andere für Personen mit Konto anlegen, erscheinen hier, solange sie funktionieren.',
  'withMe.open': '{title} öffnen',
  'withMe.from': '{name}, {when}',
}
