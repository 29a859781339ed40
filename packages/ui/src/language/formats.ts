const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** A size in decimal units with at most three digits, as `4.2 GB`. @param size in bytes */
export function formatBytes(size: number, locale: string): string {
  let step = 0
  let value = size
  // 999.95 would be shown as 1,000.
  while (step < UNITS.length - 1 && value >= 999.5) {
    value /= 1000
    step++
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 99.95 ? 0 : 1,
  }).format(value)
}

/** A moment in the visitor's zone, as `25 Nov 2026, 14:30`. @param when ISO 8601 */
export function formatMoment(when: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(when))
}

/** A day in the visitor's zone. @param when ISO 8601 */
export function formatDay(when: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(when))
}

/** A share of one, as `42 %`. */
export function formatPercent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** A length of time, as `1:05` or `1:02:05`. @param seconds at least 0 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (parts[0] === 0) parts.shift()
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}
