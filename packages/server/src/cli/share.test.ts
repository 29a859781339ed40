import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { makeTestDatabase } from '@vitrine/testkit/test-database'
import { afterEach, describe, expect, inject, it } from 'vitest'

const vitrine = join(import.meta.dirname, '../../bin/vitrine.mjs')

// Several processes, each with a start of its own.
describe('vitrine share', { timeout: 240_000 }, () => {
  it('starts a server, prints the link, imports, and serves until it is interrupted', async () => {
    const desk = await aDesk()
    const running = desk.run('share', 'material', '--local', '--json')
    const url = await running.says(/http\S+linkshare\S+/)
    await running.says(/Press Ctrl-C/)

    const target = (await itemsOf(url)).items[0]!
    expect([target.name, target.children]).toEqual(['material', 3])

    running.interrupt()
    const { code, last } = await running.ended
    expect(code).toBe(0)
    const { imported, targets, expiresAt } = JSON.parse(last)
    expect(JSON.parse(last).url).toBe(url)
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    expect(targets).toEqual([{ id: expect.any(String), name: 'material' }])
    expect(imported).toMatchObject({ files: 2, bytes: 11, new: 2, newVersions: 0, unchanged: 0, renamed: [] })
    expect(imported.skipped).toEqual([{ path: 'elsewhere', reason: expect.stringContaining('symbolic link') }])
  })

  it('speaks to the server that runs on the data folder, and takes only what changed the second time', async () => {
    const desk = await aDesk()
    const server = desk.run('start')
    await server.says(/Vitrine runs at/)

    const first = await desk.run('share', 'material', '--json').ended
    await writeFile(join(desk.folder, 'material/a.txt'), 'longer than before')
    const second = await desk.run('share', 'material', '--json', '--no-originals', '--expires', '2d').ended
    expect([first.code, second.code]).toEqual([0, 0])
    expect(JSON.parse(second.last).imported).toMatchObject({ files: 2, new: 0, newVersions: 1, unchanged: 1 })
    expect(JSON.parse(second.last).targets).toEqual(JSON.parse(first.last).targets)
    expect((await itemsOf(JSON.parse(second.last).url)).link.originals).toBe(false)

    const { url } = JSON.parse(first.last)
    expect((await desk.run('revoke', url).ended).code).toBe(0)
    expect((await fetch(url)).status).toBe(410)
    const { last } = await desk.run('links', '--json').ended
    expect(
      JSON.parse(last)
        .shareLinks.map(({ state }: { state: string }) => state)
        .toSorted(),
    ).toEqual(['live', 'revoked'])
    server.interrupt()
    expect((await server.ended).code).toBe(0)
  })

  it('sends the folder to a server elsewhere, and goes on where it stopped', async () => {
    const desk = await aDesk()
    const server = desk.run('start')
    const address = (await server.says(/Vitrine runs at \S+/)).split(' ').at(-1)
    const remote = {
      VITRINE_URL: address,
      VITRINE_USER: 'admin',
      VITRINE_PASSWORD: desk.password,
      VITRINE_DATA: join(desk.folder, 'none'),
    }
    const first = await desk.runWith(remote, 'share', 'material', '--json').ended
    const second = await desk.runWith(remote, 'share', 'material', '--json').ended
    expect(JSON.parse(first.last).imported).toMatchObject({ files: 2, new: 2 })
    expect(JSON.parse(second.last).imported).toMatchObject({ files: 2, new: 0, unchanged: 2 })
    server.interrupt()
    await server.ended
  })

  it('shares what is in the repository already', async () => {
    const desk = await aDesk()
    const server = desk.run('start')
    await server.says(/Vitrine runs at/)
    await desk.run('import', 'material').ended
    const { code, last } = await desk.run('share', '/material/a.txt', '--json').ended
    expect([code, JSON.parse(last).targets[0].name, JSON.parse(last).imported.files]).toEqual([0, 'a.txt', 0])
    server.interrupt()
    await server.ended
  })

  it('tells scripts why it cannot, as a problem document', async () => {
    const desk = await aDesk()
    const { code, err } = await desk.run('share', 'nothing here', '--json').ended
    expect(code).toBe(1)
    expect(JSON.parse(err.trim().split('\n').at(-1)!)).toMatchObject({
      code: 'request/invalid',
      title: expect.stringContaining('no folder'),
    })
  })
})

const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** A person's folder with some material, and a data folder of their own. */
async function aDesk() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-desk-'))
  const database = await makeTestDatabase(inject('testDatabaseServer'))
  endings.push(
    () => database.drop(),
    () => rm(folder, { recursive: true, force: true }),
  )
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
  endings.push(async () => child.exitCode === null && child.kill('SIGKILL') && once(child, 'exit'))
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

async function itemsOf(url: string) {
  const answer = await fetch(url.replace('/linkshare.html?', '/linkshare.html/items?'))
  return (await answer.json()) as { items: { name: string; children: number }[]; link: { originals: boolean } }
}
