import type { messages as english } from './messages.en.ts'

/** The words of the settings, in German. */
export const messages: Record<keyof typeof english, string> = {
  'settings.sections': 'Abschnitte der Einstellungen',
  'settings.profile': 'Profil',
  'settings.password': 'Passwort',
  'settings.appPasswords': 'App-Passwörter',
  'settings.sessions': 'Sitzungen',

  'profile.name': 'Anmeldename',
  'profile.email': 'E-Mail',
  'profile.email.none': 'Keine. Die Administration kann sie eintragen.',
  'profile.displayName': 'Name',
  'profile.displayName.why': 'Andere sehen ihn, auch wer einen Link von Ihnen öffnet.',
  'profile.displayName.saved': 'Sie heißen jetzt {name}.',
  'profile.language': 'Sprache',
  'profile.language.browser': 'Wie der Browser',

  'password.why': 'Ihre anderen Sitzungen enden damit. App-Passwörter bleiben.',
  'password.button': 'Passwort ändern',
  'password.done': 'Ihr Passwort ist geändert. Alle Ihre anderen Sitzungen sind beendet.',

  'appPasswords.why':
    'Mit einem App-Passwort meldet sich ein Programm als Sie an: WebDAV, die Desktop-App, Skripte. Es öffnet Ihre Dateien, nicht Ihr Konto, und Sie können es jederzeit widerrufen.',
  'appPasswords.name': 'Name',
  'appPasswords.name.why': 'Für Sie selbst: Wofür ist es?',
  'appPasswords.create': 'App-Passwort erstellen',
  'appPasswords.none': 'Sie haben keine App-Passwörter.',
  'appPasswords.created': 'Erstellt am {when}',
  'appPasswords.used': 'Zuletzt benutzt: {when}',
  'appPasswords.unused': 'Noch nicht benutzt',
  'appPasswords.revoke': 'Widerrufen',
  'appPasswords.revoke.label': '{name} widerrufen',
  'appPasswords.revoked': 'Das App-Passwort „{name}“ ist widerrufen.',
  'appPasswords.made': 'App-Passwort für {name}',
  'appPasswords.once': 'Kopieren Sie es jetzt: Es wird nur dieses eine Mal gezeigt und nirgends aufbewahrt.',
  'appPasswords.secret': 'App-Passwort',
  'appPasswords.copied': 'Es ist in der Zwischenablage.',
  'appPasswords.done': 'Fertig',

  'sessions.why': 'Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.',
  'sessions.current': 'Dieser Browser',
  'sessions.unknown': 'Unbekannter Browser',
  'sessions.since': 'Seit {when}',
  'sessions.seen': 'Zuletzt gesehen: {when}',
  'sessions.end': 'Beenden',
  'sessions.end.label': 'Sitzung in {browser} seit {when} beenden',
  'sessions.ended': 'Die Sitzung in {browser} ist beendet.',
  'sessions.everywhere': 'Überall abmelden',
  'sessions.everywhere.title': 'Überall abmelden?',
  'sessions.everywhere.text': 'Alle Ihre Sitzungen enden, auch diese. App-Passwörter bleiben.',
}
