/** The words of the files, in English. */
export const messages = {
  'files.path': 'Folder',
  'files.grid': 'What lies in {name}',
  'files.folder': 'Folder',
  'files.empty': 'This folder is empty',
}
