import type { Text } from '../language/text.ts'
import type { ShareLink } from './link-settings.ts'

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
  const whole = Math.trunc(distance / size)
  // Less than a minute is "this minute"; a day is not "tomorrow", which it may not be by the calendar.
  return new Intl.RelativeTimeFormat(locale, { numeric: whole === 0 ? 'auto' : 'always' }).format(whole, unit)
}

function unitOf(distance: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  if (distance >= 60 * DAY) return [30 * DAY, 'month']
  if (distance >= DAY) return [DAY, 'day']
  return distance >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute']
}

/** A link's settings in short: what may be downloaded, who may open it, what it shows. */
export function settingsWords(link: ShareLink, text: Text): string {
  const given = link.originals
    ? link.renditions
      ? 'given.all'
      : 'given.originals'
    : link.renditions
      ? 'given.renditions'
      : 'given.nothing'
  return [text(given), text(`audience.${link.audience}`), text(`mode.${link.mode}`)].join(' · ')
}

/** Names that are told before it says how many more there are. */
const MOST_NAMES = 3

/** The names of a link's targets. The root has none. */
export function targetWords({ targets }: Pick<ShareLink, 'targets'>, text: Text): string {
  const names = targets.slice(0, MOST_NAMES).map(({ name }) => (name === '' ? text('rail.files') : name))
  const more = targets.length - names.length
  return [...names, ...(more > 0 ? [text('link.moreTargets', { count: more })] : [])].join(', ')
}

/** Why a link is suspended, a sentence each. */
export function troubleWords({ reasons }: Pick<ShareLink, 'reasons'>, text: Text): readonly string[] {
  return reasons.map(({ reason, target }) => text(`trouble.${reason}`, { name: target?.name ?? '' }))
}

/** When a link expires, relative to now alone. @param expiresAt ISO 8601; null: never */
export function expiresRelatively(expiresAt: string | null, text: Text): string {
  if (expiresAt === null) return text('expiry.never')
  const now = Date.now()
  const relative = relativeTo(expiresAt, now, text.locale)
  return text(Date.parse(expiresAt) <= now ? 'expiry.was.short' : 'expiry.will.short', { relative })
}

/** When a link ends, or how it has ended; relative to now, and exactly. */
export function endOf(link: Pick<ShareLink, 'expiresAt' | 'revokedAt'>, text: Text): readonly [string, string] {
  if (link.revokedAt === null) {
    return [expiresRelatively(link.expiresAt, text), link.expiresAt === null ? '' : text.moment(link.expiresAt)]
  }
  const relative = relativeTo(link.revokedAt, Date.now(), text.locale)
  return [text('link.revokedWhen', { relative }), text.moment(link.revokedAt)]
}
