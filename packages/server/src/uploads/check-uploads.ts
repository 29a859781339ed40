import type { CheckedUpload, CheckedUploads } from '@vitrine/api'
import { type NodeId, requireRelativePath, VitrineError } from '@vitrine/domain'
import { type Privileges, privilegesOnAll } from '../access/node-access.ts'
import { freeRoom } from '../blobs/room.ts'
import type { Parts } from '../parts.ts'
import type { SignedIn } from '../people/signed-in.ts'
import { nameTaken, requireFolder } from '../repository/ingest-files.ts'
import { readNode } from '../repository/read-node.ts'
import { type PathStanding, resolvePaths } from '../repository/resolve-paths.ts'
import { linksShowing } from '../share-links/links-showing.ts'

/** A file that somebody has. */
export interface FileToCheck {
  readonly relativePath: string
  /** In bytes. */
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly sha256?: string | undefined
}

/**
 * What would become of files if they were uploaded now, before any byte is sent: names that are taken or cannot be given,
 * room, and who would see them.
 *
 * @param folder below which their paths begin
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`
 */
export async function checkUploads(
  parts: Pick<Parts, 'db' | 'blobs' | 'clock'>,
  signedIn: SignedIn,
  folder: NodeId,
  files: readonly FileToCheck[],
): Promise<CheckedUploads> {
  const { subject } = signedIn
  requireFolder(await readNode(parts.db, subject, folder), folder)
  const paths = readPaths(files)
  const good = [...paths.values()].filter((path) => Array.isArray(path))
  const standings = new Map<unknown, PathStanding>()
  for (const [index, standing] of (await resolvePaths(parts.db, folder, good)).entries()) {
    standings.set(good[index], standing)
  }
  const places = [...standings.values()].flatMap((one) => (one.taken ? [one.folder, one.taken.id] : [one.folder]))
  const granted = await privilegesOnAll(parts.db, subject, [...new Set(places)])
  const checked = files.map((file) => {
    const path = paths.get(file)
    const standing = standings.get(path)
    return standing ? verdict(file, standing, granted) : refused(file, path as VitrineError)
  })
  const { count, seen } = await linksShowing(parts, signedIn, folder)
  return { files: checked, space: await spaceFor(parts, files), visibleTo: { count, shareLinks: [...seen] } }
}

/** The path of each file, or why it is none. */
function readPaths(files: readonly FileToCheck[]): Map<FileToCheck, string[] | VitrineError> {
  const given = new Set<string>()
  return new Map(files.map((file) => [file, readPath(file, given)]))
}

function readPath({ relativePath }: FileToCheck, given: Set<string>): string[] | VitrineError {
  try {
    const path = requireRelativePath(relativePath)
    const inFull = path.join('/')
    if (given.has(inFull)) return new VitrineError('node/name-taken', 'Another of these files has the same name.')
    given.add(inFull)
    return path
  } catch (error) {
    if (error instanceof VitrineError) return error
    throw error
  }
}

function verdict(
  file: FileToCheck,
  { folder, missing, taken }: PathStanding,
  granted: ReadonlyMap<NodeId, Privileges>,
): CheckedUpload {
  const { relativePath } = file
  const mayCreate = has(granted.get(folder), 'read', 'create')
  if (taken === undefined) {
    return mayCreate
      ? { status: 'free', relativePath }
      : refused(file, new VitrineError('access/denied', 'You may not do this here.'))
  }
  if (missing.length > 0 || !has(granted.get(taken.id), 'read')) return refused(file, nameTaken(taken.name))
  const mayReplace = taken.kind === 'asset' && has(granted.get(taken.id), 'modify')
  return {
    status: 'conflict',
    relativePath,
    node: {
      id: taken.id,
      kind: taken.kind,
      size: taken.size,
      modifiedAt: new Date(taken.modifiedAt).toISOString(),
      sameBytes: sameBytes(file, taken),
    },
    choices: [...(mayReplace ? (['version'] as const) : []), ...(mayCreate ? (['keep-both'] as const) : [])],
  }
}

function has(granted: Privileges | undefined, ...wanted: readonly ('read' | 'create' | 'modify')[]): boolean {
  return wanted.every((one) => granted?.has(one) === true)
}

function sameBytes({ size, sha256 }: FileToCheck, taken: NonNullable<PathStanding['taken']>): boolean | null {
  if (taken.kind === 'folder') return null
  if (size !== taken.size) return false
  return sha256 === undefined ? null : sha256.toLowerCase() === taken.blob
}

function refused({ relativePath }: FileToCheck, { code, message }: VitrineError): CheckedUpload {
  return { status: 'refused', relativePath, code, reason: message }
}

async function spaceFor(parts: Pick<Parts, 'blobs'>, files: readonly FileToCheck[]): Promise<CheckedUploads['space']> {
  const needed = files.reduce((sum, { size }) => sum + size, 0)
  const room = await freeRoom(parts)
  if (room === undefined) return { needed, free: null, fits: true }
  return { needed, free: Math.max(0, room), fits: needed <= room }
}
