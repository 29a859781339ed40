import Import from '@react-spectrum/s2/icons/Import'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The way to what one has queued. */
export const downloadsEntry: RailEntry = { path: '/downloads', label: 'rail.downloads', icon: Import }
