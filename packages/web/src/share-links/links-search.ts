import type { ShareLink } from './link-settings.ts'

/** What a link has come to. */
export type LinkState = ShareLink['state']

/** The states, in the order in which they are offered. */
export const linkStates = ['live', 'suspended', 'expired', 'revoked'] as const satisfies readonly LinkState[]

/** How links may be ordered, in the order in which it is offered. */
export const linkSorts = ['-created', 'created', 'expires', '-expires', 'title', '-title', '-opens', 'opens'] as const

/** One of {@link linkSorts}. */
export type LinkSort = (typeof linkSorts)[number]

/** Search parameters of the list of links. */
export interface SharedLinksSearch {
  /** In the title. */
  readonly search?: string | undefined
  /** Absent: all. */
  readonly state?: LinkState | undefined
  /** Absent: the newest first. */
  readonly order?: LinkSort | undefined
  /** Everybody's, for those who may see them. */
  readonly all?: true | undefined
}

/** Each key is always there: the router would let through what stood in the address for one that is missing. */
export function sharedLinksSearchOf({ search, state, order, all }: Record<string, unknown>): SharedLinksSearch {
  const known = linkSorts.find((one) => one === order)
  return {
    search: wordsOf(search),
    state: linkStates.find((one) => one === state),
    order: known === '-created' ? undefined : known,
    all: all === true ? true : undefined,
  }
}

/** What somebody looks for; a number that was typed is read as one from the address. */
export function wordsOf(search: unknown): string | undefined {
  const words = typeof search === 'number' ? String(search) : search
  return typeof words === 'string' && words !== '' ? words.slice(0, 255) : undefined
}
