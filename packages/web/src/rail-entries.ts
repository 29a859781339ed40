import { downloadsEntry } from './downloads/rail-entry.ts'
import { filesEntry } from './files/rail-entry.ts'
import { settingsEntry } from './settings/rail-entry.ts'
import { sharedLinksEntry } from './share-links/rail-entry.ts'
import { sharedWithMeEntry } from './shared-with-me/rail-entry.ts'
import type { RailEntry } from './shell/rail-entry.ts'
import { trashEntry } from './trash/rail-entry.ts'

/** The sections of the application, in the order in which the rail shows them. */
export const railEntries: readonly RailEntry[] = [
  filesEntry,
  sharedLinksEntry,
  sharedWithMeEntry,
  downloadsEntry,
  trashEntry,
  settingsEntry,
]
