import { useSyncExternalStore } from 'react'
import { copyText } from '@vitrine/ui/copy-text.ts'
import { onForget } from '../api/queries.ts'
import type { Text } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import type { ShareLink } from './link-settings.ts'
import { openLinkSettings } from './link-sharing.ts'

/** What can be done with a link from a list, in the order in which it is offered. */
export const linkActions = ['copy', 'open', 'qr', 'edit', 'extend', 'handOver', 'revoke'] as const

/** One of {@link linkActions}. */
export type LinkAction = (typeof linkActions)[number]

/** What is asked before something is done. */
export type LinkQuestion = Extract<LinkAction, 'qr' | 'extend' | 'handOver' | 'revoke'>

/** What is asked, and about which link. */
export interface AskedQuestion {
  readonly question: LinkQuestion
  readonly link: ShareLink
}

/** What there is to do with a link as it is. The server shows its URL to those who may change it. */
export function actionsFor({ state, url }: ShareLink): readonly LinkAction[] {
  const isEnded = state === 'revoked'
  return linkActions.filter((action) => {
    if (action === 'revoke') return !isEnded
    if (url === null) return false
    if (action === 'open') return true
    return action === 'copy' || action === 'qr' ? !isEnded && state !== 'expired' : !isEnded
  })
}

/** Does it, or asks first. */
export function runLinkAction(action: LinkAction, link: ShareLink, text: Text): void {
  if (action === 'copy') void copyLink(link, text)
  else if (action === 'open') window.open(link.url ?? undefined, '_blank', 'noopener,noreferrer')
  else if (action === 'edit') openLinkSettings(link.id)
  else ask({ question: action, link })
}

/** Puts a link on the clipboard, and says so. */
export async function copyLink({ url, title }: Pick<ShareLink, 'url' | 'title'>, text: Text): Promise<void> {
  try {
    await copyText(url ?? '')
    tell('done', text('link.copied', { title }))
  } catch {
    tell('failed', text('link.copyRefused', { title }))
  }
}

let asked: AskedQuestion | undefined
const listeners = new Set<() => void>()
onForget(endLinkQuestion)

function ask(next: AskedQuestion | undefined): void {
  asked = next
  for (const listener of listeners) listener()
}

/** Asks nothing any more. */
export function endLinkQuestion(): void {
  ask(undefined)
}

/** What is being asked; undefined: nothing. */
export function useLinkQuestion(): AskedQuestion | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}
