import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from './identity.ts'

/** Longest path of a Unix socket, in bytes, on the strictest system we run on (macOS; Linux: 107). */
const longestSocketPath = 103

/**
 * Makes the folder of the cluster's socket, for its owner alone.
 *
 * It is in the temporary folder, not beside the data, because a socket's path may have 103 bytes only.
 */
export function makeSocketFolder(cluster: string, identity: Identity): string {
  const name = `vitrine-pg-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`
  const folder = ownFolder(join(shortTemporaryFolder(name), name), identity)
  chmodSync(folder, 0o700)
  if (identity.owner) chownSync(folder, identity.owner.uid, identity.owner.gid)
  return folder
}

function shortTemporaryFolder(name: string): string {
  const fits = Buffer.byteLength(join(tmpdir(), name, '.s.PGSQL.5432.lock')) <= longestSocketPath
  return fits ? tmpdir() : '/tmp'
}

/** The folder when it is ours or new; where a stranger has put something of that name, another. */
function ownFolder(wanted: string, identity: Identity): string {
  mkdirSync(wanted, { recursive: true, mode: 0o700 })
  const found = lstatSync(wanted)
  const ours = new Set([process.getuid?.(), identity.owner?.uid])
  return found.isDirectory() && ours.has(found.uid) ? wanted : mkdtempSync(`${wanted}-`)
}
