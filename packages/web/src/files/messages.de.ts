import type { messages as english } from './messages.en.ts'

/** The words of the files, in German. */
export const messages: Record<keyof typeof english, string> = {
  'files.path': 'Ordner',
  'files.grid': 'Was in {name} liegt',
  'files.folder': 'Ordner',
  'files.noRoot': 'Hier ist noch nichts für Sie',
  'files.noRoot.text': 'Ordner erscheinen hier, sobald jemand sie Ihnen zeigt. Die Administration kann das einrichten.',
  'files.empty': 'Dieser Ordner ist leer',
}
