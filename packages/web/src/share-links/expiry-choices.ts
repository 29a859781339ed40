import { parseAbsolute } from '@internationalized/date'

/** Lengths of time that are offered for a link's life. */
export const expiryChoices = ['day', 'week', 'month'] as const

/** One of {@link expiryChoices}. */
export type ExpiryChoice = (typeof expiryChoices)[number]

const durations = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const

/**
 * The instant that lies so much later, at the same time of day in a time zone: a day in which the clocks are changed has
 * 23 or 25 hours. The last of a month stays the last where the next month is shorter.
 *
 * @param from ISO 8601 @param zone IANA name @param latest ISO 8601; nothing later is chosen
 * @returns ISO 8601, UTC
 */
export function expiryAfter(choice: ExpiryChoice, from: string, zone: string, latest?: string): string {
  const wanted = parseAbsolute(from, zone).add(durations[choice]).toDate().toISOString()
  return latest !== undefined && Date.parse(latest) < Date.parse(wanted) ? latest : wanted
}

/** From when a link is extended: where it would end, or now where it has ended. @param now in ms since the Unix epoch */
export function extendedFrom(expiresAt: string | null, now: number): string {
  const end = expiresAt === null ? now : Date.parse(expiresAt)
  return new Date(Math.max(end, now)).toISOString()
}
