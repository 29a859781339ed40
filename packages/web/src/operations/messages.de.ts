import type { messages as english } from './messages.en.ts'

/** The words of work on many nodes, in German. */
export const messages: Record<keyof typeof english, string> = {
  'operation.done.move':
    '{named, select, yes {„{name}“ nach „{folder}“ verschoben.} other {{count, plural, one {# Element nach „{folder}“ verschoben.} other {# Elemente nach „{folder}“ verschoben.}}}}',
  'operation.done.copy':
    '{named, select, yes {„{name}“ nach „{folder}“ kopiert.} other {{count, plural, one {# Element nach „{folder}“ kopiert.} other {# Elemente nach „{folder}“ kopiert.}}}}',
  'operation.done.trash':
    '{named, select, yes {„{name}“ in den Papierkorb gelegt.} other {{count, plural, one {# Element in den Papierkorb gelegt.} other {# Elemente in den Papierkorb gelegt.}}}}',
  'operation.done.restore':
    '{named, select, yes {„{name}“ wiederhergestellt.} other {{count, plural, one {# Element wiederhergestellt.} other {# Elemente wiederhergestellt.}}}}',
  'operation.done.restoreTo':
    '{named, select, yes {„{name}“ in „{folder}“ wiederhergestellt.} other {{count, plural, one {# Element in „{folder}“ wiederhergestellt.} other {# Elemente in „{folder}“ wiederhergestellt.}}}}',
  'operation.done.remove':
    '{named, select, yes {„{name}“ endgültig entfernt.} other {{count, plural, one {# Element endgültig entfernt.} other {# Elemente endgültig entfernt.}}}}',
  'operation.undo': 'Rückgängig',
  'operation.undone':
    '{count, plural, one {Für # Element rückgängig gemacht.} other {Für # Elemente rückgängig gemacht.}}',
  'operation.undo.failed':
    '{count, plural, one {# Element ließ sich nicht zurückbringen. {reason}} other {# Elemente ließen sich nicht zurückbringen. {reason}}}',
  'operation.failed':
    '{count, plural, one {Das ging nicht. {reason}} other {# Elemente ließen sich nicht bearbeiten. {reason}}}',
  'operation.cancelled':
    '{count, plural, one {Abgebrochen: # Element blieb, wie es ist.} other {Abgebrochen: # Elemente blieben, wie sie sind.}}',
  'operation.show': 'Anzeigen',
  'operation.node': '„{name}“: {reason}',
  'names.title': '{count, plural, one {Ein Name ist dort vergeben} other {# Namen sind dort vergeben}}',
  'names.question': 'Was soll geschehen?',
  'names.keep-both': 'Beide behalten: das neue bekommt einen anderen Namen',
  'names.version': 'Als neue Version des vorhandenen Assets ablegen',
  'names.skip': 'Diese auslassen',
  'names.go': 'Weiter',
  'names.more': '{count, plural, one {und # weiteres} other {und # weitere}}',
  'gone.title': '{count, plural, one {Wohin soll es?} other {Wohin sollen sie?}}',
  'gone.why':
    '{count, plural, one {Den Ordner, in dem das war, gibt es nicht mehr.} other {Die Ordner, in denen diese waren, gibt es nicht mehr.}}',
  'gone.go': 'Hier wiederherstellen',
  'work.title': 'Arbeit im Hintergrund',
  'work.button': 'Arbeit im Hintergrund, {share} erledigt',
  'work.none': 'Es wird nichts getan',
  'work.none.text':
    'Verschieben, Kopieren und Entfernen vieler Elemente läuft hier weiter, während Sie etwas anderes tun.',
  'work.move': 'Verschieben',
  'work.copy': 'Kopieren',
  'work.trash': 'In den Papierkorb legen',
  'work.restore': 'Wiederherstellen',
  'work.remove': 'Endgültig entfernen',
  'work.import': 'Importieren',
  'work.undo': 'Rückgängig machen',
  'work.state.running': '{done, number} von {total, number} erledigt',
  'work.state.done': 'Fertig, {done, number} von {total, number}',
  'work.state.failed': 'Fehlgeschlagen, {done, number} von {total, number} versucht',
  'work.state.cancelled': 'Abgebrochen nach {done, number} von {total, number}',
  'work.failed': '{count, plural, one {# Element ist fehlgeschlagen} other {# Elemente sind fehlgeschlagen}}',
}
