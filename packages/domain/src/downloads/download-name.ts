import { fitName } from '../names/name-rules.ts'
import { entrySegment } from './entry-name.ts'

/** The name of a download that is an archive, or several: `Campaign.zip`. */
export function archiveName(title: string): string {
  return entrySegment(fitName(entrySegment(title, 'folder'), '', '.zip'))
}

/**
 * The name of one part of a download: `Campaign.zip` when it is the only one, else `Campaign part 1 of 3.zip`.
 *
 * @param number from 1 to `count`
 */
export function partName(title: string, number: number, count: number): string {
  if (count === 1) return archiveName(title)
  return entrySegment(fitName(entrySegment(title, 'folder'), ` part ${number} of ${count}`, '.zip'))
}
