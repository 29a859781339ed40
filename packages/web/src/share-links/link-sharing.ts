import { useSyncExternalStore } from 'react'
import { onForget } from '../api/queries.ts'

/** A node that somebody shares. */
export interface ShareTarget {
  readonly id: string
  readonly kind: 'folder' | 'asset'
  readonly name: string
}

/** What the Link Sharing dialog is about: a link to be made on targets, or the settings of one that is there. */
export type LinkSharingSubject = { readonly targets: readonly ShareTarget[] } | { readonly linkId: string }

/** One time that the dialog is open. */
export interface LinkSharingOpening {
  readonly subject: LinkSharingSubject
  /** Tells one time from another: each begins anew, whatever was left when the last one closed. */
  readonly number: number
}

let opening: LinkSharingOpening | undefined
let openings = 0
const listeners = new Set<() => void>()
onForget(closeLinkSharing)

/** Opens the Link Sharing dialog, from wherever: it stays while the page below it changes. @param targets at least one */
export function openLinkSharing(targets: readonly ShareTarget[]): void {
  change({ targets })
}

/** Opens the same dialog on a link that is there, to change its settings. */
export function openLinkSettings(linkId: string): void {
  change({ linkId })
}

/** Closes the dialog. */
export function closeLinkSharing(): void {
  change(undefined)
}

/** What the dialog is open on; undefined: it is closed. */
export function useLinkSharing(): LinkSharingOpening | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opening,
  )
}

function change(subject: LinkSharingSubject | undefined): void {
  opening = subject === undefined ? undefined : { subject, number: ++openings }
  for (const listener of listeners) listener()
}
