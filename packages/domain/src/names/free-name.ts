import { fitName, splitExtension } from './name-rules.ts'

/**
 * The wanted name, or the first of `name (2).ext`, `name (3).ext` … that is free. At most 255 bytes.
 *
 * @param kind a folder's name has no extension: `v1.2 (2)`
 */
export function freeName(
  wanted: string,
  isTaken: (name: string) => boolean,
  kind: 'folder' | 'asset' = 'asset',
): string {
  return isTaken(wanted) ? nextFree(wanted, isTaken, kind, 2).name : wanted
}

function nextFree(wanted: string, isTaken: (name: string) => boolean, kind: 'folder' | 'asset', from: number) {
  const { stem, extension } = kind === 'folder' ? { stem: wanted, extension: '' } : splitExtension(wanted)
  for (let number = from; ; number++) {
    const name = fitName(stem, ` (${number})`, extension)
    if (!isTaken(name)) return { name, number }
  }
}

/** The names of one folder while more are given out. */
export class FolderNames {
  readonly #taken: Set<string>
  /** The number to try next for each wanted name: without it, n equal names would take n² steps. */
  readonly #next = new Map<string, number>()

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken)
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }

  /** Gives out the wanted name, or the next that is free as {@link freeName} has it. */
  take(wanted: string, kind: 'folder' | 'asset' = 'asset'): string {
    const given = this.#taken.has(wanted) ? this.#numbered(wanted, kind) : wanted
    this.#taken.add(given)
    return given
  }

  #numbered(wanted: string, kind: 'folder' | 'asset'): string {
    const { name, number } = nextFree(wanted, (one) => this.#taken.has(one), kind, this.#next.get(wanted) ?? 2)
    this.#next.set(wanted, number + 1)
    return name
  }
}
