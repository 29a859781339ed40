import { entrySegment, renditionSegment } from './entry-name.ts'
import { SiblingNames } from './sibling-names.ts'

/**
 * How an archive is laid out: the tree as it is; the tree with a folder for each asset; or every file side by side
 * without folders.
 */
export type ArchiveLayout = 'tree' | 'folder-per-asset' | 'flat'

/** The name of the file in an archive that says what was left out, and why. */
export const notIncludedName = 'NOT-INCLUDED.txt'

interface OpenFolder {
  /** Ends in `/`, or is empty. */
  readonly path: string
  readonly names: SiblingNames
}

/**
 * Gives the entries of an archive their paths, while a tree goes by: a folder, its assets, then its folders in turn.
 *
 * Paths are clean in every segment and distinct whatever the case. Holds the names of the folders that lead to the
 * present place, nothing of what was left behind. The same tree always gets the same paths.
 */
export class ArchivePaths {
  readonly #layout: ArchiveLayout
  /** The archive's root, then each open folder. */
  readonly #open: OpenFolder[] = [{ path: '', names: new SiblingNames() }]
  #asset = ''
  #assetFolder: OpenFolder | undefined

  constructor(layout: ArchiveLayout) {
    this.#layout = layout
  }

  /**
   * Goes into a folder. Those at its depth or deeper are left for good.
   *
   * @param depth 0 for a folder at the root of the archive; at most one more than the present folder's
   */
  enterFolder(depth: number, name: string): void {
    if (this.#layout === 'flat') return
    this.#open.length = Math.min(this.#open.length, depth + 1)
    const { path, names } = this.#here()
    const given = names.take(entrySegment(name, 'folder'), 'folder')
    this.#open.push({ path: `${path}${given}/`, names: new SiblingNames() })
  }

  /** Path of the present folder as an entry; undefined at the root, and where there are no folders. */
  folderEntry(): string | undefined {
    return this.#here().path || undefined
  }

  /** Goes on to an asset of the present folder. */
  beginAsset(name: string): void {
    this.#asset = entrySegment(name)
    this.#assetFolder = undefined
  }

  /** Path of the asset's original. */
  original(): string {
    return this.#file(this.#asset)
  }

  /**
   * Path of a rendition of the asset.
   *
   * @param extension without a dot
   */
  rendition(rendition: string, extension: string): string {
    return this.#file(renditionSegment(this.#asset, rendition, extension))
  }

  /** Path of a file that belongs to the whole archive, at its root. */
  fileAtRoot(name: string): string {
    return this.#open[0]!.names.take(entrySegment(name))
  }

  #file(wanted: string): string {
    const { path, names } = this.#layout === 'folder-per-asset' ? this.#ownFolder() : this.#here()
    return path + names.take(wanted)
  }

  /** The folder of the present asset, which is named when the first file goes into it. */
  #ownFolder(): OpenFolder {
    if (this.#assetFolder) return this.#assetFolder
    const { path, names } = this.#here()
    const given = names.take(entrySegment(this.#asset, 'folder'), 'folder')
    this.#assetFolder = { path: `${path}${given}/`, names: new SiblingNames() }
    return this.#assetFolder
  }

  #here(): OpenFolder {
    return this.#open.at(-1)!
  }
}
