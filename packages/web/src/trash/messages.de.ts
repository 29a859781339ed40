import type { messages as english } from './messages.en.ts'

/** The words of the trash, in German. */
export const messages: Record<keyof typeof english, string> = {
  'rail.trash': 'Papierkorb',
  'trash.title': 'Papierkorb',
  'trash.grid': 'Was im Papierkorb liegt',
  'trash.row': '{name}, war {path}',
  'trash.from.gone': '{path} (nicht mehr da)',
  'trash.nothing': 'Der Papierkorb ist leer',
  'trash.nothing.text':
    'Was in den Papierkorb gelegt wird, wartet hier, bis es wiederhergestellt oder endgültig entfernt wird.',
  'trash.restore': 'Wiederherstellen',
  'trash.restore.one': '{name} wiederherstellen',
  'trash.remove': 'Endgültig entfernen',
  'trash.remove.title': '{items} endgültig entfernen?',
  'trash.remove.text': 'Das lässt sich nicht rückgängig machen.',
  'trash.empty': 'Papierkorb leeren',
  'trash.sort.name': 'Name',
  'trash.sort.size': 'Größe',
  'trash.sort.trashed': 'Gelöscht am',
}
