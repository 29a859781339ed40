import ShareAndroid from '@react-spectrum/s2/icons/ShareAndroid'
import type { RailEntry } from '../shell/rail-entry.ts'

/** The links of others that are meant for whoever looks, in the rail. */
export const sharedWithMeEntry: RailEntry = { path: '/shared-with-me', label: 'rail.sharedWithMe', icon: ShareAndroid }
