import type { messages as english } from './messages.en.ts'

/** The words of the pages before one is in, in German. */
export const messages: Record<keyof typeof english, string> = {
  'signIn.title': 'Anmelden',
  'signIn.first': 'Melden Sie sich an, dann geht es zu der Seite, die Sie öffnen wollten.',
  'signIn.name': 'Name',
  'signIn.password': 'Passwort',
  'signIn.button': 'Anmelden',
  'signIn.pending': 'Wird angemeldet …',
  'signIn.slow': 'Nach falschen Versuchen dauert das absichtlich einige Sekunden.',
  'signIn.wait': '{seconds, plural, one {# Sekunde warten} other {# Sekunden warten}}',
  'signIn.wrong': 'Name und Passwort gehören nicht zusammen. Prüfen Sie beides, auch Groß- und Kleinschreibung.',
  'signIn.tooMany':
    'Zu viele falsche Versuche von hier. {seconds, plural, one {Noch einmal in # Sekunde.} other {Noch einmal in # Sekunden.}}',
  'signIn.language': 'Sprache',

  'again.title': 'Noch einmal anmelden',
  'again.why':
    '{name}, Ihre Sitzung ist zu Ende. Melden Sie sich an, dann machen Sie weiter, wo Sie sind: Nichts von Ihren Eingaben ist verloren.',
  'again.leave': 'Als jemand anderes anmelden',

  'choose.title': 'Passwort wählen',
  'choose.why': 'Willkommen, {name}. Das Passwort, das Sie bekommen haben, kennt noch jemand: Wählen Sie ein eigenes.',
  'choose.button': 'Passwort setzen und weiter',

  'password.current': 'Bisheriges Passwort',
  'password.new': 'Neues Passwort',
  'password.rule': 'Mindestens 8 Zeichen. Einige Wörter hintereinander merken sich leicht.',
  'password.repeat': 'Neues Passwort noch einmal',
  'password.other': 'Das ist nicht dasselbe wie oben.',
  'password.wrong': 'Das ist nicht Ihr bisheriges Passwort.',
  'password.pending': 'Wird geändert …',
}
