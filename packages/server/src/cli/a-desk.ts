import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { makeTestDatabase } from '@vitrine/testkit/test-database'
import { inject, onTestFinished } from 'vitest'

const vitrine = join(import.meta.dirname, '../../bin/vitrine.mjs')

/** For tests: a person's folder with some material, a data folder of their own, and the command line there. */
export async function aDesk() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-desk-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true })
    await database.drop()
  })
  await mkdir(join(folder, 'material/deeper'), { recursive: true })
  await writeFile(join(folder, 'material/a.txt'), 'hello')
  await writeFile(join(folder, 'material/deeper/b.txt'), 'bonjo!')
  await mkdir(join(folder, 'material/empty'))
  await symlink('/nowhere', join(folder, 'material/elsewhere'))
  const password = 'a password for tests'
  const environment = {
    PATH: process.env['PATH'],
    DATABASE_URL: database.url,
    VITRINE_DATA: join(folder, 'state'),
    VITRINE_PORT: '0',
    VITRINE_PUBLIC_PORT: '0',
    VITRINE_ADMIN_PASSWORD: password,
    VITRINE_LOG_LEVEL: 'error',
  }
  const runWith = (more: Record<string, string | undefined>, ...args: string[]) =>
    aRun(args, folder, { ...environment, ...more })
  return { folder, password, runWith, run: (...args: string[]) => runWith({}, ...args) }
}

/** A command that runs. */
function aRun(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [vitrine, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
  })
  let heard = ''
  child.stderr.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  const ended = Promise.all([once(child, 'close'), text(child.stdout)]).then(([[code], out]) => ({
    code: code as number | null,
    last: out.trim().split('\n').at(-1) ?? '',
    err: heard,
  }))
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    /** Waits until it has told something. */
    async says(pattern: RegExp): Promise<string> {
      for (;;) {
        const found = pattern.exec(heard)
        if (found) return found[0]
        await Promise.race([
          once(child.stderr, 'data'),
          ended.then(() => Promise.reject(new Error(`it ended: ${heard}`))),
        ])
      }
    },
  }
}
