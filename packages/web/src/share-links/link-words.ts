import type { Text } from '../language/text.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** When a link expires: relative to now, and exactly. @param expiresAt ISO 8601; null: never */
export function expiryWords(expiresAt: string | null, text: Text): string {
  if (expiresAt === null) return text('expiry.never')
  const values = { when: text.moment(expiresAt), relative: relativeTo(expiresAt, Date.now(), text.locale) }
  return text(Date.parse(expiresAt) <= Date.now() ? 'expiry.was' : 'expiry.will', values)
}

/** A distance in time, in the largest unit of which there is at least one: `in 3 days`, `2 hours ago`. */
export function relativeTo(when: string, now: number, locale: string): string {
  const distance = Date.parse(when) - now
  const [size, unit] = unitOf(Math.abs(distance))
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(Math.trunc(distance / size), unit)
}

function unitOf(distance: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  if (distance >= 60 * DAY) return [30 * DAY, 'month']
  if (distance >= DAY) return [DAY, 'day']
  return distance >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute']
}
