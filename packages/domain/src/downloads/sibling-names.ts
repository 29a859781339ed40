import { fitName, splitExtension } from '../names/name-rules.ts'
import { NameTable } from './name-table.ts'

const ascii = /^[\0-\x7f]*$/

/**
 * A name without what some file system does not tell apart: case and the form of its accents. Two names with the same
 * folded name must not lie in the same folder of an archive.
 */
export function foldedName(name: string): string {
  if (ascii.test(name)) return name.toLowerCase()
  // By way of upper case, which turns `ſ` to `S` and `ß` to `SS`. Twice, since taking apart may give new letters.
  const folded = name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFD')
  return folded.toUpperCase().toLowerCase().normalize('NFC')
}

/**
 * The names of one folder of an archive, told apart as they come, files and folders alike.
 *
 * Holds some 20 bytes a name, and takes one step for each however many are equal. In rare cases a name is numbered
 * that need not be; never are two the same. The same names in the same order always come out the same.
 */
export class SiblingNames {
  /** The number to try next for each folded name; 2 when it was given once. */
  readonly #next = new NameTable()

  /**
   * The wanted name, or with ` (2)`, ` (3)` … before the extension when it is taken.
   *
   * @param wanted cleaned, as `entrySegment` has it
   */
  take(wanted: string, kind: 'file' | 'folder' = 'file'): string {
    const folded = foldedName(wanted)
    let number = this.#next.get(folded)
    if (number === 0) {
      this.#next.set(folded, 2)
      return wanted
    }
    const { stem, extension } = kind === 'folder' ? { stem: wanted, extension: '' } : splitExtension(wanted)
    for (; ; number++) {
      const name = fitName(stem, ` (${number})`, extension)
      const foldedOfName = foldedName(name)
      if (this.#next.get(foldedOfName) !== 0) continue
      this.#next.set(folded, number + 1)
      this.#next.set(foldedOfName, 2)
      return name
    }
  }
}
