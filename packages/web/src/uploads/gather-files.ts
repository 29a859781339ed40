import type { Dropped } from './take-dropped.ts'
import type { FileOrigin, UploadFolder, WantedUpload } from './upload-entry.ts'

/** Told how many were found. */
export type OnFound = (count: number) => void

/** The files that were chosen, in their order; those of a chosen folder with their path from that folder on. */
export function wantedOfFiles(folder: UploadFolder, files: Iterable<File>): WantedUpload[] {
  return Array.from(files, (file) => wantedOfFile(folder, file.webkitRelativePath || file.name, file, undefined))
}

/**
 * The files that were dropped or pasted, and all below the folders, in their order; folders with nothing in them as
 * folders. One that cannot be read is there without its bytes.
 */
export async function gatherFiles(
  folder: UploadFolder,
  dropped: readonly Dropped[],
  onFound: OnFound,
): Promise<WantedUpload[]> {
  const found: WantedUpload[] = []
  for (const { entry, file, handle } of dropped) {
    const root = await handle
    const gathering = new Gathering(folder, root ?? undefined, found, onFound)
    if (entry !== null) await gathering.add(entry, [])
    else if (file !== null) gathering.push(wantedOfFile(folder, file.name, file, root && { handle: root, path: [] }))
  }
  return found
}

class Gathering {
  readonly #folder: UploadFolder
  readonly #root: FileSystemHandle | undefined
  readonly #found: WantedUpload[]
  readonly #onFound: OnFound

  constructor(folder: UploadFolder, root: FileSystemHandle | undefined, found: WantedUpload[], onFound: OnFound) {
    this.#folder = folder
    this.#root = root
    this.#found = found
    this.#onFound = onFound
  }

  push(wanted: WantedUpload): void {
    this.#found.push(wanted)
    this.#onFound(this.#found.length)
  }

  /** @param above names of the folders that it lies in, from the one on that was dropped */
  async add(entry: FileSystemEntry, above: readonly string[]): Promise<void> {
    const path = [...above, entry.name]
    const relativePath = path.join('/')
    if (!entry.isDirectory) return this.push(await this.#fileOf(entry as FileSystemFileEntry, relativePath))
    let isEmpty = true
    try {
      for await (const child of childrenOf(entry as FileSystemDirectoryEntry)) {
        isEmpty = false
        await this.add(child, path)
      }
    } catch {
      // It cannot be read, or not to its end.
      return this.push(unreadable(this.#folder, relativePath))
    }
    if (isEmpty) this.push({ folder: this.#folder, kind: 'folder', relativePath, size: 0 })
  }

  async #fileOf(entry: FileSystemFileEntry, relativePath: string): Promise<WantedUpload> {
    try {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
      return wantedOfFile(this.#folder, relativePath, file, this.#originOf(relativePath))
    } catch {
      return unreadable(this.#folder, relativePath)
    }
  }

  #originOf(relativePath: string): FileOrigin | undefined {
    return this.#root && { handle: this.#root, path: relativePath.split('/').slice(1) }
  }
}

/** What lies in a folder: browsers give it in portions, until one is empty. */
async function* childrenOf(entry: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = entry.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    yield* some
  }
}

function wantedOfFile(
  folder: UploadFolder,
  relativePath: string,
  file: File,
  origin: FileOrigin | null | undefined,
): WantedUpload {
  return { folder, kind: 'file', relativePath, size: file.size, file, origin: origin ?? undefined }
}

function unreadable(folder: UploadFolder, relativePath: string): WantedUpload {
  return { folder, kind: 'file', relativePath, size: 0 }
}
