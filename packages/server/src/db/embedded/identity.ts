import { spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** As whom PostgreSQL runs. It refuses to run as root. */
export interface Identity {
  /** For the log: `self`, `setuid postgres`, `user namespace`. */
  readonly how: string
  /** The command that runs a command under this identity. */
  readonly wrap: (command: readonly string[]) => readonly string[]
  /** For `spawn`. */
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number }
  /** Whose the files of the cluster are; undefined when they need not be given away. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
}

const unshare = ['unshare', '--user', '--map-user=65534', '--map-group=65534'] as const

/**
 * Chooses how to stop being root.
 *
 * Not root: nothing to do. Else another user, where that user can reach the programs and the folder.
 * Else a user namespace: in it PostgreSQL is somebody else, outside it the files stay root's, so that it
 * works below a closed home folder too. (Containers often forbid namespaces, but are traversable.)
 *
 * @param programs folder of `initdb` and `postgres`
 * @param folder that will hold the cluster; it exists
 * @throws when neither way is open; the message names DATABASE_URL
 */
export function chooseIdentity(programs: string, folder: string): Identity {
  if (process.getuid?.() !== 0) return { how: 'self', wrap: (command) => command, spawnOptions: {}, owner: undefined }
  return otherUser(programs, folder) ?? userNamespace(programs) ?? refuse(folder)
}

function otherUser(programs: string, folder: string): Identity | undefined {
  const user = knownUsers().find(({ uid, gid }) => canTraverse(programs, uid, gid) && canTraverse(folder, uid, gid))
  if (!user) return undefined
  const { name, uid, gid } = user
  return { how: `setuid ${name}`, wrap: (command) => command, spawnOptions: { uid, gid }, owner: { uid, gid } }
}

function userNamespace(programs: string): Identity | undefined {
  const tried = spawnSync(unshare[0], [...unshare.slice(1), join(programs, 'postgres'), '--version'])
  if (tried.status !== 0) return undefined
  const wrap = (command: readonly string[]) => [...unshare, ...command]
  return { how: 'user namespace', wrap, spawnOptions: {}, owner: { uid: 0, gid: 0 } }
}

function refuse(folder: string): never {
  throw new Error(
    `PostgreSQL may not run as root, and no other user can reach ${folder}: start Vitrine as an ordinary user, ` +
      `move it and its data out of ${homedir()}, or set DATABASE_URL to a PostgreSQL server`,
  )
}

/** `postgres` and `nobody`, as far as this machine has them: a number without a name makes initdb fail. */
function knownUsers(): { name: string; uid: number; gid: number }[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return ['postgres', 'nobody'].flatMap((name) => {
    const fields = lines.map((line) => line.split(':')).find((parts) => parts[0] === name)
    return fields ? [{ name, uid: Number(fields[2]), gid: Number(fields[3]) }] : []
  })
}

function canTraverse(path: string, uid: number, gid: number): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder)
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Gives a folder and all in it to the identity, where it has other owners: the way it runs may have changed. */
export function giveTo(identity: Identity, folder: string): void {
  const { owner } = identity
  if (!owner || statSync(folder).uid === owner.uid) return
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
  // Last, because it is what is looked at: a walk that was cut off is done again.
  chownSync(folder, owner.uid, owner.gid)
}
