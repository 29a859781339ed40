/** The words of the files, in English. */
export const messages = {
  'files.path': 'Folder',
  'files.grid': 'What lies in {name}',
  'files.folder': 'Folder',
  'files.noRoot': 'There is nothing here for you yet',
  'files.noRoot.text': 'Folders appear here as soon as somebody lets you see them. An administrator can do that.',
  'files.empty': 'This folder is empty',
}
