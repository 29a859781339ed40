/**
 * Where files that are being uploaded can be read from again after the page was left: handles of the File System Access
 * API, in the browser's own database. Where there are none, one chooses the files again.
 */
import type { FileOrigin } from './upload-entry.ts'

const DATABASE = 'vitrine-uploads'
const STORE = 'origins'

/** As Chromium has it. */
interface AskedHandle extends FileSystemHandle {
  readonly requestPermission?: (wish: { mode: 'read' }) => Promise<PermissionState>
}

/** Keeps from where the file of an upload is read. */
export async function keepOrigin(url: string, origin: FileOrigin): Promise<void> {
  await change((store) => store.put(origin, url))
}

/** Forgets it. */
export async function forgetOrigin(url: string): Promise<void> {
  await change((store) => store.delete(url))
}

/** Forgets all: whoever signs in next is somebody else. */
export async function forgetOrigins(): Promise<void> {
  await change((store) => store.clear())
}

/** From where files can be read again, by the address of their upload. */
export async function keptOrigins(): Promise<ReadonlyMap<string, FileOrigin>> {
  const database = await open()
  if (database === undefined) return new Map()
  try {
    const store = database.transaction(STORE, 'readonly').objectStore(STORE)
    const [urls, origins] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())])
    return new Map(urls.map((url, index) => [url as string, origins[index] as FileOrigin]))
  } catch {
    return new Map()
  } finally {
    database.close()
  }
}

/** Reads the file anew; the browser may ask the person. Undefined: it may not, or it is not there any more. */
export async function fileOf({ handle, path }: FileOrigin): Promise<File | undefined> {
  try {
    const granted = (await (handle as AskedHandle).requestPermission?.({ mode: 'read' })) ?? 'granted'
    if (granted !== 'granted') return undefined
    return await (await fileHandleOf(handle, path)).getFile()
  } catch {
    return undefined
  }
}

async function fileHandleOf(handle: FileSystemHandle, path: readonly string[]): Promise<FileSystemFileHandle> {
  let place = handle
  for (const [index, name] of path.entries()) {
    const folder = place as FileSystemDirectoryHandle
    place = index === path.length - 1 ? await folder.getFileHandle(name) : await folder.getDirectoryHandle(name)
  }
  return place as FileSystemFileHandle
}

/** Where the browser keeps nothing, as in a private window, nothing is kept: one chooses the files again. */
async function change(work: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  const database = await open()
  if (database === undefined) return
  try {
    await resultOf(work(database.transaction(STORE, 'readwrite').objectStore(STORE)))
  } catch {
    // As above.
  } finally {
    database.close()
  }
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open(DATABASE, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
    return await resultOf(request)
  } catch {
    return undefined
  }
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser keeps nothing')))
  })
}
