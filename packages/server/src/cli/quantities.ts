const steps = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A number of bytes for people: decimal units, three digits at most. */
export function bytesText(bytes: number): string {
  let step = 0
  let value = bytes
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1000
    step++
  }
  const digits = step === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${steps[step]}`
}

/** A count for people: `12,345`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US')
}

/** A stretch of time for people, in its two largest units. @param ms in ms, not negative */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
