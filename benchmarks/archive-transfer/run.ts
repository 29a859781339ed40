// Archive bytes against nginx sendfile and npm archiver, and the memory of slow readers.
// node benchmarks/archive-transfer/run.ts [--quick] [--json FILE] [--sets a,b,c] [--clients 1,16,256] [--only speed|archiver|slow] [--rounds 9]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { blobsOf, type ContentSet, contentSets, makeBaseFile, makeContents, manifestOf } from './make-contents.ts'
import { alternate, type Client, discardingClient, median, type Slice, type Target } from './measure.ts'
import { nginxIsInstalled, type RunningServer, startNginx, startNodeServer } from './servers.ts'
import { measureSlowReaders, type SlowReaderMemory } from './slow-readers.ts'

/** How the benchmark is to run. */
export interface BenchOptions {
  /** A tenth of the data, fewer rounds. */
  readonly quick: boolean
  /** Which sets of contents: letters of `a`, `b`, `c`. */
  readonly sets: readonly string[]
  /** How many connections at the same time, each a measurement of its own. */
  readonly clients: readonly number[]
  /** How often each is measured beside nginx. */
  readonly rounds: number
  /** One kind of measurement; all when left out. */
  readonly only?: string
}

/** One line of the table: medians, and ratios to the base measured in the same round. */
export interface Row {
  readonly set: string
  readonly clients: number
  readonly against: string
  /** GB (10^9 bytes) per second. */
  readonly throughput: number
  /** Times the base's. */
  readonly throughputRatio: number
  /** CPU seconds of the server for each GB. */
  readonly cpu: number
  readonly cpuRatio: number
  /** Ratio of the CPU time of server and client together. */
  readonly totalCpuRatio: number
  /** From asking to the first byte, in ms. */
  readonly firstByteMs: number
  readonly failures: number
  /** Load of the machine while measuring, averaged over one minute. */
  readonly load: number
}

/** What the benchmark found. */
export interface BenchResult {
  readonly speed: readonly Row[]
  readonly slowReaders?: SlowReaderMemory
}

/** Makes the data if it is not there, and measures. Prints what it finds as it goes. */
export async function run(options: BenchOptions): Promise<BenchResult> {
  const folder = join(process.env['VITRINE_BENCH_DIR'] ?? tmpdir(), 'vitrine-archive-transfer')
  mkdirSync(folder, { recursive: true })
  const sets = contentSets(options.quick).filter(({ name }) => options.sets.includes(name))
  for (const set of sets) makeContents(folder, set)
  const { client, language } = discardingClient(folder)
  console.log(`${cpus().length} cores, load ${load()}, discarding client in ${language}`)
  const servers: RunningServer[] = []
  try {
    const ours = await startNodeServer(
      'archive-server.ts',
      sets.flatMap((set) => [manifestOf(folder, set), blobsOf(folder, set)]),
    )
    servers.push(ours)
    const speed: Row[] = []
    const context = { options, folder, sets, client, ours, servers }
    if (wants(options, 'speed')) speed.push(...(await againstNginx(context)))
    if (wants(options, 'archiver')) speed.push(...(await againstArchiver(context)))
    if (!wants(options, 'slow')) return { speed }
    const slowReaders = await measureSlowReaders(folder, options.quick)
    console.table([slowReaders])
    return { speed, slowReaders }
  } finally {
    for (const server of servers) server.stop()
  }
}

interface Context {
  readonly options: BenchOptions
  readonly folder: string
  readonly sets: readonly ContentSet[]
  readonly client: Client
  readonly ours: RunningServer
  readonly servers: RunningServer[]
}

/** Every set at every number of clients, beside nginx sending one file of as many bytes. */
async function againstNginx({ options, folder, sets, client, ours, servers }: Context): Promise<Row[]> {
  if (!nginxIsInstalled()) {
    console.log('nginx is not installed: no base to compare with (on Debian: apt-get install nginx-light).')
    return []
  }
  const file = makeBaseFile(folder, options.quick ? 2e8 : 2e9)
  const nginx = await startNginx(folder, file)
  servers.push(nginx)
  const base = { name: 'nginx', server: nginx, path: `/${basename(file)}` }
  const rows: Row[] = []
  for (const [i, set] of sets.entries()) {
    await warm(client, [base, { name: set.name, server: ours, path: `/${i}` }])
    for (const connections of options.clients) {
      const targets = [base, { name: set.title, server: ours, path: `/${i}` }]
      const { quick, rounds } = options
      const slices = await alternate(targets, client, { connections, seconds: quick ? 0.5 : 1, rounds })
      rows.push(rowOf(set, connections, 'nginx', slices))
      print(rows.slice(-1))
    }
  }
  return rows
}

/** Every set at one client, beside npm archiver streaming the same files. */
async function againstArchiver({ options, folder, sets, client, ours, servers }: Context): Promise<Row[]> {
  const archiver = await startNodeServer(
    'archiver-server.ts',
    sets.map((set) => blobsOf(folder, set)),
  )
  servers.push(archiver)
  const rows: Row[] = []
  for (const [i, set] of sets.entries()) {
    const targets = [
      { name: 'archiver', server: archiver, path: `/${i}` },
      { name: set.title, server: ours, path: `/${i}` },
    ]
    await warm(client, targets.slice(1))
    const seconds = options.quick ? 2 : 4
    const slices = await alternate(targets, client, { connections: 1, seconds, rounds: options.quick ? 2 : 5 })
    rows.push(rowOf(set, 1, 'archiver', slices))
    print(rows.slice(-1))
  }
  return rows
}

/** Reads everything once, so that the measurements find it in memory. */
async function warm(client: Client, targets: readonly Target[]): Promise<void> {
  for (const { server, path } of targets) await client(server.port, path, 1, 4)
}

function rowOf(set: ContentSet, clients: number, against: string, slices: ReadonlyMap<string, readonly Slice[]>): Row {
  const base = slices.get(against) ?? []
  const own = slices.get(set.title) ?? []
  const middle = (of: (slice: Slice) => number) => median(own.map(of))
  const ratio = (of: (slice: Slice) => number) => median(own.map((slice, i) => of(slice) / of(base[i] ?? slice)))
  return {
    set: set.title,
    clients,
    against,
    throughput: middle((slice) => slice.throughput),
    throughputRatio: ratio((slice) => slice.throughput),
    cpu: middle((slice) => slice.serverCpu),
    cpuRatio: ratio((slice) => slice.serverCpu),
    totalCpuRatio: ratio((slice) => slice.totalCpu),
    firstByteMs: middle((slice) => slice.firstByteMs),
    failures: own.reduce((sum, { failures }) => sum + failures, 0),
    load: load(),
  }
}

function print(rows: readonly Row[]): void {
  for (const row of rows) {
    const numbers = Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'number' ? Number(value.toPrecision(3)) : value,
    ])
    console.log(JSON.stringify(Object.fromEntries(numbers)))
  }
}

function wants({ only }: BenchOptions, kind: string): boolean {
  return only === undefined || only === kind
}

function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

if (process.argv[1] && existsSync(process.argv[1]) && import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      sets: { type: 'string', default: 'a,b,c' },
      clients: { type: 'string', default: '1,16,256' },
      only: { type: 'string' },
      rounds: { type: 'string' },
    },
    strict: false,
  })
  const result = await run({
    quick: values.quick === true,
    sets: String(values.sets).split(','),
    clients: String(values.clients).split(',').map(Number),
    rounds: Number(values.rounds ?? (values.quick === true ? 3 : 9)),
    ...(typeof values.only === 'string' ? { only: values.only } : {}),
  })
  console.table(
    result.speed.map((row) => ({
      set: row.set,
      clients: row.clients,
      against: row.against,
      'GB/s': row.throughput.toFixed(2),
      'throughput x': row.throughputRatio.toFixed(2),
      'CPU s/GB': row.cpu.toFixed(3),
      'CPU x': row.cpuRatio.toFixed(3),
      'CPU with client x': row.totalCpuRatio.toFixed(2),
      load: row.load,
    })),
  )
  if (typeof values.json === 'string') writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`)
}
