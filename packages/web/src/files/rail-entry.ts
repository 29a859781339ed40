import Folder from '@react-spectrum/s2/icons/Folder'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The files in the rail. */
export const filesEntry: RailEntry = { path: '/files', label: 'rail.files', icon: Folder }
