import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RunningServer } from './servers.ts'

/** Something to download from. */
export interface Target {
  readonly name: string
  readonly server: RunningServer
  readonly path: string
}

/** What one slice of time gave. */
export interface Slice {
  /** Bytes that arrived, in GB (10^9) per second. */
  readonly throughput: number
  /** CPU seconds of the server for each GB that arrived. */
  readonly serverCpu: number
  /** CPU seconds of server and client for each GB. */
  readonly totalCpu: number
  readonly failures: number
  /** From asking to the first byte, on average, in ms. */
  readonly firstByteMs: number
}

interface ClientReport {
  readonly seconds: number
  readonly bytes: number
  readonly cpu: number
  readonly failures: number
  readonly firstByteMs: number
}

/** Runs the discarding client once: port, path, connections, seconds. */
export type Client = (port: number, path: string, connections: number, seconds: number) => Promise<ClientReport>

/** The client in C when there is a compiler, else the one for Node, which costs more than it should. */
export function discardingClient(folder: string): { readonly client: Client; readonly language: 'C' | 'JavaScript' } {
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'discarding-client')
  const source = join(import.meta.dirname, 'discarding-client.c')
  const compiled = spawnSync('cc', ['-O2', '-o', program, source], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [command, ...first] =
    compiled.status === 0 ? [program] : [process.execPath, join(import.meta.dirname, 'discarding-client.ts')]
  const run = promisify(execFile)
  const client: Client = async (port, path, connections, seconds) => {
    const { stdout } = await run(command ?? program, [
      ...first,
      String(port),
      path,
      String(connections),
      String(seconds),
    ])
    return JSON.parse(stdout) as ClientReport
  }
  return { client, language: compiled.status === 0 ? 'C' : 'JavaScript' }
}

/**
 * Measures the targets in turn, `rounds` times, every second round backwards: what else the machine
 * does then hits all alike. One unmeasured slice comes first.
 */
export async function alternate(
  targets: readonly Target[],
  client: Client,
  options: { readonly connections: number; readonly seconds: number; readonly rounds: number },
): Promise<ReadonlyMap<string, readonly Slice[]>> {
  const slices = new Map<string, Slice[]>(targets.map(({ name }) => [name, []]))
  for (let round = 0; round <= options.rounds; round++) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      const slice = await measure(target, client, options.connections, options.seconds)
      if (round > 0) slices.get(target.name)?.push(slice)
    }
  }
  return slices
}

async function measure({ server, path }: Target, client: Client, connections: number, seconds: number): Promise<Slice> {
  const before = cpuSeconds(server.pids)
  const report = await client(server.port, path, connections, seconds)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const serverSeconds = cpuSeconds(server.pids) - before
  const gigabytes = report.bytes / 1e9
  return {
    throughput: gigabytes / report.seconds,
    serverCpu: serverSeconds / gigabytes,
    totalCpu: (serverSeconds + report.cpu) / gigabytes,
    failures: report.failures,
    firstByteMs: report.firstByteMs,
  }
}

/** CPU time of all threads of the processes, in seconds. */
function cpuSeconds(pids: readonly number[]): number {
  let nanoseconds = 0
  for (const pid of pids) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    }
  }
  return nanoseconds / 1e9
}

/** The middle of `values`. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
