import { messages as shared } from '@vitrine/downloads/messages.de.ts'
import type { messages as english } from './messages.en.ts'

/** The words of downloads, in German. */
export const messages: Record<keyof typeof english, string> = {
  ...shared,
  'rail.downloads': 'Download-Eingang',
  'downloads.title': 'Herunterladen',
  'downloads.now': 'Herunterladen',
  'downloads.queue': 'Download einreihen',
  'downloads.originals.denied': 'Sie dürfen die Originale nicht herunterladen.',
  'downloads.size':
    '{count, plural, one {# Datei} other {# Dateien}}, {size}{parts, plural, =0 {} one {} other {, in # Archiven}}',
  'downloads.size.most': 'Höchstens {count, plural, one {# Datei} other {# Dateien}}, {size}',
  'downloads.nothing': 'Darin ist nichts, was Sie herunterladen dürfen.',
  'downloads.notAllowed':
    '{count, plural, one {# Datei fehlt: Sie dürfen sie nicht herunterladen.} other {# Dateien fehlen: Sie dürfen sie nicht herunterladen.}}',
  'downloads.toMake':
    '{count, plural, one {# Ausgabedarstellung wird} other {# Ausgabedarstellungen werden}} zuerst gemacht. Der Download wartet so lange im Eingang.',
  'downloads.overLimit': 'Das ist mehr, als auf einmal heruntergeladen werden darf ({limit}). Wählen Sie weniger.',
  'downloads.overLimit.contact':
    'Das ist mehr, als auf einmal heruntergeladen werden darf ({limit}). Wählen Sie weniger, oder fragen Sie {contact}.',
  'downloads.queued': 'Eingereiht: {name}. Der Download wird vorbereitet.',
  'downloads.queued.ready': 'Eingereiht: {name}, {count, plural, one {# Datei} other {# Dateien}}, {size}. Bereit.',
  'downloads.queued.parts': 'Eingereiht: {name}, {size}. Alle {parts, number} Archive liegen im Eingang.',
  'downloads.ready': 'Bereit zum Herunterladen: {name}',
  'downloads.failed': 'Ein Download konnte nicht vorbereitet werden: {name}',
  'downloads.open': 'Eingang öffnen',
  'downloads.empty': 'Noch nichts eingereiht',
  'downloads.empty.text':
    'Öffnen Sie unter Dateien einen Ordner und wählen Sie Herunterladen. Was Sie einreihen, wartet hier und kann erneut heruntergeladen werden.',
}
