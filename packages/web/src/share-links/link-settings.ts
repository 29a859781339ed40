import type { AnswerOf } from '../api/client.ts'

/** A share link as the server tells of it. */
export type ShareLink = AnswerOf<'GET /api/v1/share-links/:id'>

/** What can be chosen about a link. */
export interface LinkSettings {
  /** Empty: as it was, and for a new link the name of its first target. */
  readonly title: string
  /** ISO 8601; null: never; undefined: nothing is chosen yet. */
  readonly expiresAt: string | null | undefined
  readonly originals: boolean
  readonly renditions: boolean
  readonly audience: ShareLink['audience']
  readonly mode: ShareLink['mode']
}

/** Between what a link's expiry may be chosen; undefined where that is not known: then the server says. */
export interface ExpiryBounds {
  /** ISO 8601. */
  readonly latest: string | undefined
  readonly mayNever: boolean
}

/** Why settings cannot be saved as they are. */
export type SettingsProblem = 'expiry-missing' | 'expiry-past' | 'expiry-late'

/** What is to be another way about a link. */
export type LinkChange = Partial<Omit<LinkSettings, 'expiresAt'>> & { readonly expiresAt?: string | null }

/** What is chosen about a link that is there. */
export function settingsOf(link: ShareLink): LinkSettings {
  const { title, expiresAt, originals, renditions, audience, mode } = link
  return { title, expiresAt, originals, renditions, audience, mode }
}

const names = ['title', 'expiresAt', 'originals', 'renditions', 'audience', 'mode'] as const

/** Names a setting. */
export type SettingName = (typeof names)[number]

/** The settings in which `after` wants something else than `before`. */
export function changedSettings(before: LinkSettings, after: LinkSettings): readonly SettingName[] {
  return names.filter((name) => !isSame(name, before, after))
}

/** Body of the change that leads from one to the other. */
export function changeOf(before: LinkSettings, after: LinkSettings): LinkChange {
  const changed = changedSettings(before, after).map((name) => [
    name,
    name === 'title' ? after.title.trim() : after[name],
  ])
  return Object.fromEntries(changed) as LinkChange
}

/**
 * What is wanted when somebody else has changed the link meanwhile: what was chosen here stays, the rest is theirs.
 *
 * @param base what it was when it was loaded here
 */
export function mergedSettings(base: LinkSettings, mine: LinkSettings, theirs: LinkSettings): LinkSettings {
  const chosen = changedSettings(base, mine).map((name) => [name, mine[name]])
  return { ...theirs, ...(Object.fromEntries(chosen) as Partial<LinkSettings>) }
}

/** What keeps settings from being saved. @param now in ms since the Unix epoch */
export function problemOf(
  { expiresAt }: Pick<LinkSettings, 'expiresAt'>,
  { latest }: Pick<ExpiryBounds, 'latest'>,
  now: number,
): SettingsProblem | undefined {
  if (expiresAt === null) return undefined
  if (expiresAt === undefined) return 'expiry-missing'
  const instant = Date.parse(expiresAt)
  if (instant <= now) return 'expiry-past'
  return latest !== undefined && instant > Date.parse(latest) ? 'expiry-late' : undefined
}

function isSame(name: SettingName, before: LinkSettings, after: LinkSettings): boolean {
  if (name === 'title') {
    const title = after.title.trim()
    return title === '' || title === before.title
  }
  if (name === 'expiresAt') return instantOf(before.expiresAt) === instantOf(after.expiresAt)
  return before[name] === after[name]
}

/** One instant can be written in several ways. */
function instantOf(expiresAt: string | null | undefined): number | null | undefined {
  return typeof expiresAt === 'string' ? Date.parse(expiresAt) : expiresAt
}
