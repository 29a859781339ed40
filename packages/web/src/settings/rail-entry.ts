import Settings from '@react-spectrum/s2/icons/Settings'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The settings in the rail. */
export const settingsEntry: RailEntry = { path: '/settings', label: 'rail.settings', icon: Settings, place: 'foot' }
