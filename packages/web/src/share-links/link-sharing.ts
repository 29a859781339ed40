import { useSyncExternalStore } from 'react'

/** A node that somebody shares. */
export interface ShareTarget {
  readonly id: string
  readonly kind: 'folder' | 'asset'
  readonly name: string
}

/** What the Link Sharing dialog is about: a link to be made on targets, or the settings of one that is there. */
export type LinkSharingSubject = { readonly targets: readonly ShareTarget[] } | { readonly linkId: string }

let subject: LinkSharingSubject | undefined
const listeners = new Set<() => void>()

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
export function useLinkSharing(): LinkSharingSubject | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => subject,
  )
}

function change(next: LinkSharingSubject | undefined): void {
  subject = next
  for (const listener of listeners) listener()
}
