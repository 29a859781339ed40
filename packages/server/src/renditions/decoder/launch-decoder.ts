import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Bounds of one decoder process. */
export interface DecoderLimits {
  /** Memory in use (resident), in bytes. */
  readonly memory: number
}

/** A command that runs another in narrower bounds, to be put before it. */
export interface Confinement {
  readonly name: string
  readonly command: (limits: DecoderLimits) => readonly string[]
  readonly needsRoot?: boolean
}

const fileLimits = ({ memory }: DecoderLimits): readonly string[] => [
  'prlimit',
  '--core=0',
  // No file can be written.
  '--fsize=0',
  '--nofile=64',
  // A second line behind the watch on resident memory, which looks only now and then.
  `--data=${2 * memory + (512 << 20)}`,
]

/**
 * Ways to start a decoder, the strictest first. Which of them a machine allows is found by trying: user namespaces are
 * often switched off, containers often may not unshare the network, and only Linux has these programs (util-linux).
 */
const confinements: readonly Confinement[] = [
  { name: 'no network', needsRoot: true, command: (limits) => ['unshare', '--net', '--', ...fileLimits(limits)] },
  {
    name: 'no network, by user namespace',
    command: (limits) => ['unshare', '--user', '--map-root-user', '--net', '--', ...fileLimits(limits)],
  },
  { name: 'network reachable', command: fileLimits },
]

/** Neither network nor system limits: what is left where nothing else works. */
const unconfined: Confinement = { name: 'network reachable, no limits of the system', command: () => [] }

const program = join(import.meta.dirname, 'decoder-main.ts')

const isRoot = process.getuid?.() === 0

/** Finds the strictest confinement that this machine allows. It tries with a program that does nothing. */
export async function findConfinement(limits: DecoderLimits): Promise<Confinement> {
  for (const confinement of confinements) {
    if (!confinement.needsRoot || isRoot) {
      if (await succeeds([...confinement.command(limits), 'true'])) return confinement
    }
  }
  return unconfined
}

async function succeeds([command = '', ...args]: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'ignore' })
  const [outcome] = await Promise.race([once(child, 'exit'), once(child, 'error')]).catch((error: unknown) => [error])
  return outcome === 0
}

/**
 * Starts a decoder process in a process group of its own. It has no variable of our environment, so no secret either.
 * stdin, stdout and stderr are pipes.
 */
export function launchDecoder(confinement: Confinement, limits: DecoderLimits): ChildProcess {
  const node = [process.execPath, '--max-old-space-size=128', '--disable-warning=ExperimentalWarning', program]
  const [command = '', ...args] = [...confinement.command(limits), ...node, ...(isRoot ? ['--give-up-root'] : [])]
  return spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      // One picture at a time needs few threads, and each arena of malloc keeps memory of its own.
      UV_THREADPOOL_SIZE: '2',
      MALLOC_ARENA_MAX: '2',
    },
  })
}
