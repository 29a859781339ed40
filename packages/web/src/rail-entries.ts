import { filesEntry } from './files/rail-entry.ts'
import { settingsEntry } from './settings/rail-entry.ts'
import { trashEntry } from './trash/rail-entry.ts'
import type { RailEntry } from './shell/rail-entry.ts'

/** The sections of the application, in the order in which the rail shows them. */
export const railEntries: readonly RailEntry[] = [filesEntry, trashEntry, settingsEntry]
