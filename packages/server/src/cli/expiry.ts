import { CliFailure } from './cli-failure.ts'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/**
 * The instant that `--expires` means: a lifetime from now (`90m`, `12h`, `1d`, `2w`), an ISO 8601 date or date and time
 * (a date alone ends with that day in the local zone), or `never`.
 *
 * @param now in ms since the Unix epoch
 * @returns ISO 8601 in UTC, or null for never
 * @throws {CliFailure} when it is none of these
 */
export function expiryArgument(text: string, now: number): string | null {
  if (text === 'never') return null
  const lifetime = /^(\d{1,6})([mhdw])$/.exec(text)
  if (lifetime !== null) return new Date(now + Number(lifetime[1]) * units[lifetime[2]!]!).toISOString()
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? endOfLocalDay(text) : new Date(text)
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(date.getTime())) return date.toISOString()
  throw new CliFailure(`--expires ${text}: give a lifetime such as 12h, 1d or 2w, a date such as 2027-01-31, or never.`)
}

function endOfLocalDay(date: string): Date {
  const day = new Date(`${date}T00:00:00`)
  day.setDate(day.getDate() + 1)
  return day
}
