import LinkIcon from '@react-spectrum/s2/icons/Link'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The links that one holds, in the rail. */
export const sharedLinksEntry: RailEntry = { path: '/shared-links', label: 'rail.sharedLinks', icon: LinkIcon }
