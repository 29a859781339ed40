import { VitrineError } from '../errors.ts'

/** How long share links may live. */
export interface ExpiryPolicy {
  /** In ms. For links whose maker chose nothing. */
  readonly defaultLifetime: number
  /** In ms, counted from when the expiry is set. */
  readonly longestLifetime: number
}

/** One day if nothing is chosen, one year at most. */
export const usualExpiryPolicy: ExpiryPolicy = { defaultLifetime: 86_400_000, longestLifetime: 365 * 86_400_000 }

/** Latest instant that is kept: the end of the year 9999, the last that ISO 8601 writes with four digits. */
const latestInstant = 253_402_300_799_999

/** The latest instant that may be chosen at a time, both in ms since the Unix epoch. */
export function latestExpiry(now: number, policy: ExpiryPolicy): number {
  return Math.min(now + policy.longestLifetime, latestInstant)
}

/**
 * When a link expires for which this was chosen now; null: never.
 *
 * @param wanted in ms since the Unix epoch; null: never; undefined: nothing was chosen
 * @param now in ms since the Unix epoch
 * @param mayNever whether this person may make links that never expire
 * @throws {VitrineError} `share-link/expiry-out-of-range` when it is not after now or too far off, `access/denied` when
 *   "never" is not theirs to choose
 */
export function chooseExpiry(
  wanted: number | null | undefined,
  now: number,
  policy: ExpiryPolicy,
  mayNever: boolean,
): number | null {
  if (wanted === null) {
    if (mayNever) return null
    throw new VitrineError('access/denied', 'Only an administrator may make a link that never expires.')
  }
  const expiresAt = wanted ?? now + Math.min(policy.defaultLifetime, policy.longestLifetime)
  const latest = latestExpiry(now, policy)
  if (expiresAt > now && expiresAt <= latest) return expiresAt
  throw new VitrineError(
    'share-link/expiry-out-of-range',
    `A link must expire in the future, at the latest ${new Date(latest).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    { wanted, limit: latest },
  )
}
