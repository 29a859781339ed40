import type { messages as english } from './messages.en.ts'

/** The words of the shell, in German. */
export const messages: Record<keyof typeof english, string> = {
  'app.name': 'Vitrine',
  'app.loading': 'Wird geladen …',
  'app.retry': 'Noch einmal versuchen',
  'app.reload': 'Seite neu laden',
  'app.close': 'Schließen',
  'app.cancel': 'Abbrechen',
  'app.save': 'Speichern',
  'app.saved': 'Gespeichert.',
  'app.yes': 'Ja',
  'app.no': 'Nein',
  'app.copy': 'Kopieren',
  'app.copied': 'Kopiert',
  'app.copyRefused':
    'Der Browser hat diese Seite nicht kopieren lassen. Wo es zu sehen ist: Markieren Sie es und drücken Sie Strg+C.',
  'app.skip': 'Zum Inhalt springen',

  'rail.label': 'Bereiche',
  'rail.more': 'Mehr',
  'rail.files': 'Dateien',
  'rail.sharedLinks': 'Freigegebene Links',
  'rail.sharedWithMe': 'Für mich freigegeben',
  'rail.settings': 'Einstellungen',

  'account.label': 'Konto von {name}',
  'account.settings': 'Profil und Einstellungen',
  'account.signOut': 'Abmelden',
  'account.theme': 'Erscheinungsbild',
  'theme.system': 'Wie dieses Gerät',
  'theme.light': 'Hell',
  'theme.dark': 'Dunkel',

  'connection.lost': 'Der Server ist nicht erreichbar. Diese Seite macht von selbst weiter, sobald er wieder da ist.',
  'failure.offline':
    'Der Server ist nicht erreichbar. Prüfen Sie Ihr Netz; nichts von dem, was Sie eingegeben haben, ist verloren.',
  'failure.blocked':
    'Etwas zwischen diesem Browser und dem Server hat an seiner Stelle geantwortet, zum Beispiel ein Proxy.',
  'failure.page': 'Auf dieser Seite ist etwas schiefgegangen.',
  'failure.reference': 'Für die Administration: {reference}',
  'failure.home': 'Zur Startseite',
  'failure.nowhere': 'Diese Seite gibt es nicht',
  'failure.nowhere.text': 'Vielleicht ist die Adresse vertippt, oder was hier war, ist umgezogen.',
}
