/** The words of the trash, in English. */
export const messages = {
  'rail.trash': 'Trash',
  'trash.title': 'Trash',
  'trash.grid': 'What is in the trash',
  'trash.row': '{name}, was {path}',
  'trash.from.gone': '{path} (not there any more)',
  'trash.nothing': 'The trash is empty',
  'trash.nothing.text': 'What is moved to the trash waits here, until it is restored or removed for good.',
  'trash.restore': 'Restore',
  'trash.restore.one': 'Restore {name}',
  'trash.remove': 'Remove for good',
  'trash.remove.title': 'Remove {items} for good?',
  'trash.remove.text': 'This cannot be undone.',
  'trash.empty': 'Empty the trash',
  'trash.sort.name': 'Name',
  'trash.sort.size': 'Size',
  'trash.sort.trashed': 'Trashed',
}
