// Runs benchmarks by name, or all: node benchmarks/run.ts [NAME …] [--quick]
import { readdirSync, existsSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

const here = import.meta.dirname
const args = process.argv.slice(2)
const flags = args.filter((arg) => arg.startsWith('--'))
const known = readdirSync(here)
  .filter((name) => existsSync(join(here, name, 'run.ts')))
  .toSorted()
const wanted = args.filter((arg) => !arg.startsWith('--'))
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}`)
  process.exit(1)
}

console.log(
  `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 1e9).toFixed(0)} GB, kernel ${release()}, ` +
    `Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`,
)
// Each in a process of its own: one benchmark's memory and compiled code must not colour the next.
const failed = (wanted.length > 0 ? wanted : known).filter((name) => {
  console.log(`\n== ${name}`)
  return spawnSync(process.execPath, [join(here, name, 'run.ts'), ...flags], { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
