/** Something that was dropped or pasted. What can be asked of it only now is asked already. */
export interface Dropped {
  readonly entry: FileSystemEntry | null
  readonly file: File | null
  /** What it is read from again later, where the browser gives that. */
  readonly handle: Promise<FileSystemHandle | null>
}

/** As Chromium has it. */
type ItemWithHandle = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }

/** Whether files are dragged, and not text or a picture of the page. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true
}

/** Takes files and folders out of an event: after it they cannot be had any more. */
export function takeDropped(transfer: DataTransfer | null): Dropped[] {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file') as ItemWithHandle[]
  return items.map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
    handle: (item.getAsFileSystemHandle?.() ?? Promise.resolve(null)).catch(() => null),
  }))
}
