import Delete from '@react-spectrum/s2/icons/Delete'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The trash in the rail. */
export const trashEntry: RailEntry = { path: '/trash', label: 'rail.trash', icon: Delete }
