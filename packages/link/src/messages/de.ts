import { messages as downloads } from '@vitrine/downloads/messages.de.ts'
import type { MessageId } from './en.ts'

/** The words of the pages, in German. */
export const messages: Record<MessageId, string> = {
  ...downloads,

  'app.loading': 'Wird geladen …',
  'app.retry': 'Erneut versuchen',
  'app.close': 'Schließen',
  'app.cancel': 'Abbrechen',

  'link.title.fallback': 'Freigegebene Dateien',
  'link.items': '{count, plural, =0 {Keine Elemente} one {# Element} other {# Elemente}}',
  'link.sharedBy': 'Geteilt von {name}',
  'link.expires': 'Verfügbar bis {when}',
  'link.expires.never': 'Läuft nicht ab',
  'link.filling': 'Wird noch befüllt: {done, number} von {total, number}',
  'link.filling.counting': 'Wird noch befüllt: bisher {done, number}',
  'link.filling.hint': 'Neue Dateien erscheinen hier von selbst.',

  'settings.label': 'Darstellung und Sprache',
  'settings.theme': 'Darstellung',
  'settings.theme.system': 'Wie dieses Gerät',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.language': 'Sprache',

  'path.label': 'Ordner',
  'path.root': 'Alles Geteilte',

  'view.label': 'Ansicht',
  'view.cards': 'Kartenansicht',
  'view.list': 'Listenansicht',
  'filter.label': 'Nach Namen filtern',
  'sort.label': 'Sortieren nach',
  'sort.button': 'Sortierung: {by}',
  'sort.name': 'Name',
  'sort.modified': 'Geändert',
  'sort.size': 'Größe',
  'sort.type': 'Typ',
  'sort.ascending': 'Aufsteigend',
  'sort.descending': 'Absteigend',
  'sort.state': '{by}, {direction, select, ascending {aufsteigend} descending {absteigend} other {nicht sortiert}}',

  'grid.label': 'Geteilte Elemente',
  'grid.asset': '{name}, {type}, {size}',
  'grid.folder': '{name}, Ordner, {count, plural, =0 {leer} one {# Element} other {# Elemente}}',
  'grid.folder.plain': '{name}, Ordner',
  'item.select': '{name} auswählen',
  'item.queue': 'Download von {name} einreihen',
  'item.folder': 'Ordner',
  'item.children': '{count, plural, =0 {Leer} one {# Element} other {# Elemente}}',
  'item.dimensions': '{width, number} × {height, number}',

  'state.empty': 'Dieser Ordner ist leer',
  'state.empty.filling': 'Die ersten Dateien sind unterwegs',
  'state.noMatch': 'Nichts hier hat „{filter}“ im Namen',
  'state.noMatch.clear': 'Filter löschen',
  'state.offline': 'Keine Verbindung',
  'state.offline.text':
    'Der Server ist nicht erreichbar. Prüfen Sie Ihr Netz; was Sie eingereiht haben, geht nicht verloren.',
  'state.busy': 'Zurzeit zu viele Anfragen',
  'state.busy.text': 'Diese Seite macht gleich von selbst weiter.',
  'state.broken': 'Das konnte nicht geladen werden',
  'state.folderGone': 'Dieser Ordner gehört nicht mehr zum Link',
  'state.folderGone.back': 'Alles Geteilte zeigen',
  'state.stale': 'Die Verbindung ist unterbrochen. Was Sie sehen, ist vielleicht nicht mehr aktuell.',

  'selection.label': 'Auswahl',
  'selection.count': '{count, plural, one {# ausgewählt} other {# ausgewählt}}',
  'selection.count.size': '{count, plural, one {# ausgewählt} other {# ausgewählt}} · {size}',
  'selection.clear': 'Auswahl aufheben',
  'selection.all': 'Alle auswählen',
  'selection.loading': 'Wird ausgewählt …',

  'queue.button': 'Download einreihen',
  'queue.download': 'Herunterladen',
  'queue.all': 'Alles herunterladen',
  'queue.folder': 'Ordner herunterladen',
  'queue.options': 'Download-Optionen',
  'queue.working': 'Wird eingereiht …',
  'queue.done.ready': 'Eingereiht: {count, plural, one {# Datei} other {# Dateien}}, {size}. Bereit.',
  'queue.done.preparing': 'Eingereiht: {name}. Wird vorbereitet und erscheint im Download-Eingang.',
  'queue.failed': 'Das konnte nicht eingereiht werden: {reason}',
  'queue.blocked':
    'In diesem Netz können Sie ansehen, aber nicht einreihen: Etwas zwischen Ihnen und dem Server sperrt die Anfrage (POST). Fragen Sie, wer diesen Proxy betreibt, oder versuchen Sie ein anderes Netz.',
  'queue.overLimit':
    'Das sind {size}; höchstens {limit} können auf einmal heruntergeladen werden.{contact, select, none {} other { Wenden Sie sich an {contact}, wenn Sie mehr brauchen.}}',
  'queue.empty': 'Darin ist nichts zum Herunterladen.',
  'queue.nothingAllowed':
    'Dieser Link ist nur zum Ansehen: Weder Originale noch Renditions dürfen heruntergeladen werden.',

  'options.title': 'Download-Optionen',
  'options.originals.denied': 'Der Absender erlaubt keine Originale.',
  'options.apply': 'Übernehmen',

  'confirm.title': '{size} herunterladen?',
  'confirm.text':
    'Das sind {size} in {count, plural, one {# Datei} other {# Dateien}}. Der Download kann unterbrochen werden und geht weiter, wo er aufgehört hat. Sie finden ihn auch im Download-Eingang.',
  'confirm.later': 'Im Eingang lassen',

  'inbox.title': 'Download-Eingang',
  'inbox.button':
    '{ready, plural, =0 {Download-Eingang} one {Download-Eingang, # bereit} other {Download-Eingang, # bereit}}',
  'inbox.refresh': 'Aktualisieren',
  'inbox.empty': 'Noch nichts eingereiht',
  'inbox.empty.text':
    'Wählen Sie Assets oder Ordner aus und dann „Download einreihen“. Was Sie einreihen, wartet hier.',
  'inbox.failed': 'Der Eingang konnte nicht aktualisiert werden.',

  'preview.title': 'Vorschau von {name}',
  'preview.back': 'Zurück zum Ordner',
  'preview.previous': 'Vorheriges',
  'preview.next': 'Nächstes',
  'preview.position': '{index, number} von {total, number}',
  'preview.zoomIn': 'Vergrößern',
  'preview.zoomOut': 'Verkleinern',
  'preview.fit': 'Einpassen',
  'preview.actual': '100 %',
  'preview.zoom': 'Zoom {scale}',
  'preview.tools': 'Zoom',
  'preview.details': 'Einzelheiten',
  'preview.name': 'Name',
  'preview.type': 'Typ',
  'preview.size': 'Größe',
  'preview.dimensions': 'Maße',
  'preview.modified': 'Geändert',
  'preview.duration': 'Dauer',
  'preview.original.size': 'Original herunterladen, {size}',
  'preview.rendition': '{name} herunterladen',
  'preview.none': 'Keine Vorschau',
  'preview.none.kind': 'Für diese Art von Datei gibt es keine Vorschau. Sie kann heruntergeladen werden.',
  'preview.none.kind.look': 'Für diese Art von Datei gibt es keine Vorschau.',
  'preview.none.making': 'Die Vorschau wird erstellt',
  'preview.none.damaged': 'Die Datei konnte nicht als Bild gelesen werden. Sie ist vielleicht beschädigt.',
  'preview.none.tooLarge': 'Das Bild ist zu groß für eine Vorschau.',
  'preview.none.failed': 'Die Vorschau konnte nicht erstellt werden.',
  'preview.gone': 'Das gehört nicht mehr zum Link',

  'dead.expired': 'Dieser Link ist abgelaufen',
  'dead.expired.text':
    'Bitten Sie die Person, die ihn geschickt hat, ihn zu verlängern. Die Adresse bleibt gleich, behalten Sie sie also. Downloads, die Sie vorher eingereiht haben, können noch eine Weile beendet werden.',
  'dead.revoked': 'Dieser Link wurde zurückgezogen',
  'dead.revoked.text':
    'Der Absender hat ihn beendet. Wenn Sie die Dateien noch brauchen, fragen Sie die Person, die Ihnen den Link geschickt hat.',
  'dead.used-up': 'Dieser Link ist aufgebraucht',
  'dead.used-up.text':
    'Er war für eine begrenzte Zahl von Downloads gedacht. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',
  'dead.suspended': 'Zurzeit nicht verfügbar',
  'dead.suspended.text': 'Der Absender wurde benachrichtigt. Versuchen Sie es später: Die Adresse bleibt gleich.',
  'dead.members-only': 'Zum Öffnen anmelden',
  'dead.members-only.text':
    'Dieser Link ist für Personen mit einem Konto. Melden Sie sich in diesem Browser bei Vitrine an und öffnen Sie die Adresse dann noch einmal.',
  'dead.members-only.signIn': 'Anmelden',
  'dead.not-found': 'Diesen Link gibt es nicht',
  'dead.not-found.text':
    'Prüfen Sie, ob die Adresse vollständig ist: In einer E-Mail kann sie umbrochen worden sein. Sonst fragen Sie die Person, die ihn geschickt hat.',
  'dead.gone': 'Das gehört nicht mehr zum Link',
  'dead.gone.text':
    'Fragen Sie die Person, die ihn geschickt hat, ob es ersetzt wurde. Der Link selbst zeigt vielleicht noch anderes.',
  'dead.busy': 'Zurzeit zu viele Anfragen',
  'dead.busy.text': 'Warten Sie eine Minute und laden Sie diese Seite dann neu.',
  'dead.unknown': 'Dieser Link funktioniert nicht',
  'dead.unknown.text': 'Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',

  'type.image': 'Bild',
  'type.video': 'Video',
  'type.audio': 'Audio',
  'type.text': 'Text',
  'type.archive': 'Archiv',
  'type.file': 'Datei',
}
