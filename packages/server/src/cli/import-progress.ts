import { bytesText, countText, durationText } from './quantities.ts'

/** How far an import is. */
export interface ImportProgress {
  readonly filesDone: number
  readonly bytesDone: number
  /** Undefined while they are counted. */
  readonly filesTotal: number | undefined
  /** Undefined while they are counted. */
  readonly bytesTotal: number | undefined
  /** Since it began, in ms. */
  readonly elapsed: number
}

/** One line: files, bytes, rate, time left. */
export function importProgressText(progress: ImportProgress): string {
  const { filesDone, bytesDone, filesTotal, bytesTotal, elapsed } = progress
  if (filesTotal === undefined || bytesTotal === undefined) return `Counting: ${countText(filesDone)} files so far`
  const rate = elapsed > 0 ? bytesDone / (elapsed / 1000) : 0
  const done = `${countText(filesDone)} of ${countText(filesTotal)} files, ${bytesText(bytesDone)} of ${bytesText(bytesTotal)}`
  // The first second tells nothing about the rest.
  if (elapsed < 1000 || rate === 0 || filesDone >= filesTotal) return done
  return `${done}, ${bytesText(rate)}/s, ${durationText(((bytesTotal - bytesDone) / rate) * 1000)} left`
}
