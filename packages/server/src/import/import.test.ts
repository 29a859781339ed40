import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { ImportBody, NodeBody } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { aServer, type Caller, type TestServer } from '@vitrine/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDirectory, imported, ended, longAgo, treeOf } from './import-story.ts'

let server: TestServer
let admin: Caller
beforeAll(async () => {
  server = await aServer()
  admin = server.as('admin')
})
afterAll(() => server?.stop())

let count = 0
async function aFolder(): Promise<string> {
  const answer = await admin.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: `into ${++count}` })
  return answer.json<NodeBody>().id
}

describe('an import', () => {
  it('takes in files, folders and empty folders, with their times', async () => {
    await using disk = await aDirectory()
    await disk.write('poster.txt', 'poster')
    await disk.write('Kampagne/Motive/grün.txt', 'grün', new Date('1969-12-31T23:59:58.500Z'))
    await disk.write('empty.bin', '')
    await mkdir(join(disk.path, 'empty folder'))
    await utimes(join(disk.path, 'empty folder'), longAgo, longAgo)
    const folder = await aFolder()
    const done = await imported(admin, disk.path, folder)
    expect(done).toMatchObject({
      state: 'done',
      folder,
      progress: { filesDone: 3, filesTotal: 3, bytesDone: 11, bytesTotal: 11 },
      imported: { files: 3, bytes: 11, new: 3, newVersions: 0, unchanged: 0, renamed: [], skipped: [] },
      unreadable: 0,
      failure: null,
    })
    const tree = await treeOf(admin, folder)
    expect([...tree.keys()].toSorted()).toEqual(
      ['empty folder', 'empty.bin', 'Kampagne', 'Kampagne/Motive', 'Kampagne/Motive/grün.txt', 'poster.txt'].toSorted(),
    )
    expect(tree.get('empty folder')).toMatchObject({ kind: 'folder', modifiedAt: longAgo.toISOString() })
    expect(tree.get('Kampagne/Motive/grün.txt')).toMatchObject({ modifiedAt: '1969-12-31T23:59:58.500Z', size: 5 })
    const content = await admin.get(`/api/v1/nodes/${tree.get('poster.txt')?.id}/content`)
    expect(content.text).toBe('poster')
  })

  it('of the same folder again adds versions of changed files alone', async () => {
    await using disk = await aDirectory()
    for (const name of ['same', 'changed', 'touched', 'sub/new later']) await disk.write(name, `${name} 1`)
    const folder = await aFolder()
    await rm(join(disk.path, 'sub/new later'))
    await imported(admin, disk.path, folder)
    const before = await treeOf(admin, folder)
    await disk.write('changed', 'changed 2')
    await disk.write('touched', 'touched 1', new Date('2021-01-01T00:00:00Z'))
    await disk.write('sub/new later')
    const again = await imported(admin, disk.path, folder)
    expect(again.imported).toMatchObject({ files: 4, new: 1, newVersions: 0, unchanged: 3 })
    // The same size and time: only a changed size or time says that a file changed.
    await disk.write('changed', 'changed 3', new Date('2021-01-01T00:00:00Z'))
    const third = await imported(admin, disk.path, folder)
    expect(third.imported).toMatchObject({ new: 0, newVersions: 1, unchanged: 3 })
    const after = await treeOf(admin, folder)
    expect(after.get('changed')?.id).toBe(before.get('changed')?.id)
    expect((await admin.get(`/api/v1/nodes/${after.get('changed')?.id}/content`)).text).toBe('changed 3')
  })

  it('does not trust the time of a file that was written to just before it was taken in', async () => {
    await using disk = await aDirectory()
    const now = new Date(Math.floor(Date.now() / 1000) * 1000)
    await disk.write('fresh', 'one', now)
    const folder = await aFolder()
    await imported(admin, disk.path, folder)
    await disk.write('fresh', 'two', now)
    expect((await imported(admin, disk.path, folder)).imported).toMatchObject({ newVersions: 1, unchanged: 0 })
  })

  it('does not put back what somebody has replaced since', async () => {
    await using disk = await aDirectory()
    await disk.write('poster', 'from the disk')
    const folder = await aFolder()
    await imported(admin, disk.path, folder)
    const poster = (await treeOf(admin, folder)).get('poster')
    await admin.put(`/api/v1/nodes/${poster?.id}/content`, Buffer.from('edited here'))
    expect((await imported(admin, disk.path, folder)).imported).toMatchObject({ newVersions: 0, unchanged: 1 })
    expect((await admin.get(`/api/v1/nodes/${poster?.id}/content`)).text).toBe('edited here')
  })

  it('keeps equal bytes once', async () => {
    await using disk = await aDirectory()
    const bytes = randomBytes(20_000)
    for (let i = 0; i < 30; i++) await disk.write(`copy ${i}`, bytes)
    const folder = await aFolder()
    expect((await imported(admin, disk.path, folder)).imported).toMatchObject({ new: 30 })
    expect(new Set([...(await treeOf(admin, folder)).values()].map(({ sha256 }) => sha256)).size).toBe(1)
  })

  it('into the same folder twice at the same time is one import, and of another directory is refused', async () => {
    await using disk = await aDirectory()
    await using other = await aDirectory()
    for (let i = 0; i < 300; i++) await disk.write(`file ${i}`)
    const folder = await aFolder()
    const start = (directory: string) => admin.post('/api/v1/imports', { directory, folder })
    const [one, two, three] = await Promise.all([start(disk.path), start(disk.path), start(other.path)])
    const answers = [one, two, three].map((answer) => answer?.json<ImportBody & { code?: string }>())
    const ids = new Set([answers[0]?.id, answers[1]?.id].filter(Boolean))
    if (three?.status === 409) {
      expect(ids.size).toBe(1)
      expect(answers[2]?.code).toBe('import/running')
    }
    for (const id of ids) await ended(admin, id ?? '')
  })

  it('goes into a folder below the root that is made when missing', async () => {
    await using disk = await aDirectory()
    await disk.write('x')
    const start = async () => {
      const answer = await admin.post('/api/v1/imports', { directory: disk.path, newFolderName: 'By its name' })
      return ended(admin, answer.json<ImportBody>().id)
    }
    const [first, second] = [await start(), await start()]
    expect(second.folder).toBe(first.folder)
    expect((await admin.get(`/api/v1/nodes/${first.folder}`)).json()).toMatchObject({ path: '/By its name' })
  })

  it('is only for whoever may read the disk of the server anyway', async () => {
    await using disk = await aDirectory()
    const folder = await aFolder()
    const answer = await server.as('eve').post('/api/v1/imports', { directory: disk.path, folder })
    expect([answer.status, answer.json()['code']]).toEqual([403, 'access/denied'])
  })

  it('says of a directory that is missing, or none, that it cannot be read', async () => {
    await using disk = await aDirectory()
    await disk.write('file')
    const folder = await aFolder()
    for (const directory of [join(disk.path, 'missing'), join(disk.path, 'file')]) {
      const answer = await admin.post('/api/v1/imports', { directory, folder })
      expect([answer.status, answer.json()['code']]).toEqual([422, 'import/unreadable'])
    }
  })

  it('can be cancelled; what is in stays, and the next one goes on', async () => {
    await using disk = await aDirectory()
    for (let i = 0; i < 1500; i++) await disk.write(`file ${i}`)
    const folder = await aFolder()
    const begun = (await admin.post('/api/v1/imports', { directory: disk.path, folder })).json<ImportBody>()
    const cancelled = (await admin.post(`/api/v1/imports/${begun.id}/cancel`, {})).json<ImportBody>()
    expect(cancelled.state).toBe('cancelled')
    const there = (await treeOf(admin, folder)).size
    const again = await imported(admin, disk.path, folder)
    expect(again.imported).toMatchObject({ files: 1500, unchanged: there, new: 1500 - there })
  })
})

describe('what a disk holds', () => {
  it('comes in under sensible names, all of which are told', async () => {
    await using disk = await aDirectory()
    const latin1 = Buffer.from('Gr\xfcn.txt', 'latin1')
    await disk.write(latin1)
    await disk.write('Gru\u0308n.txt')
    await disk.write('Gr\u00fcn.txt')
    await disk.write(`${'x'.repeat(251)}.txt`)
    await disk.write('back\\slash\nand line')
    await disk.write('CON')
    await disk.write('\u202Egpj.exe')
    await disk.write(' spaced. ')
    await disk.write('A')
    await mkdir(join(disk.path, 'a'))
    await mkdir(disk.bytesOf(Buffer.from('folder \xe9', 'latin1')))
    await writeFile(
      Buffer.concat([disk.bytesOf(Buffer.from('folder \xe9', 'latin1')), Buffer.from('/inner \xff')]),
      'x',
    )
    await writeFile(
      Buffer.concat([disk.bytesOf(Buffer.from('folder \xe9', 'latin1')), Buffer.from([0x2f, 0xff, 0x2e, 0x61])]),
      'x',
    )
    const folder = await aFolder()
    const first = await imported(admin, disk.path, folder)
    const tree = await treeOf(admin, folder)
    const expected = [
      'A',
      'a',
      'CON',
      '\u202Egpj.exe',
      ' spaced. ',
      'Gr\u00fcn.txt',
      'Gr\u00fcn (2).txt',
      'Gr\uFFFDn.txt',
      `${'x'.repeat(251)}.txt`,
      'back_slash_and line',
      'folder \uFFFD',
      'folder \uFFFD/inner \u00ff',
      'folder \uFFFD/\uFFFD.a',
    ]
    expect([...tree.keys()].toSorted()).toEqual(expected.toSorted())
    expect(first.imported?.renamed.toSorted((x, y) => (x.from < y.from ? -1 : 1))).toEqual([
      { from: 'Gr\\xFCn.txt', to: 'Gr\uFFFDn.txt' },
      { from: 'Gru\u0308n.txt', to: 'Gr\u00fcn (2).txt' },
      { from: 'back\\x5Cslash\\x0Aand line', to: 'back_slash_and line' },
      { from: 'folder \\xE9', to: 'folder \uFFFD' },
      { from: 'folder \\xE9/\\xFF.a', to: 'folder \uFFFD/\uFFFD.a' },
    ])
    expect(tree.get('Gr\uFFFDn.txt')?.sourceName).toBe(latin1.toString('base64'))
    const again = await imported(admin, disk.path, folder)
    expect(again.imported).toMatchObject({ new: 0, newVersions: 0, unchanged: first.imported?.files })
    expect(again.imported?.renamed).toEqual(first.imported?.renamed)
    expect([...(await treeOf(admin, folder)).keys()]).toEqual([...tree.keys()])
  })

  it('is left out and told where it is a link, a pipe, a socket or a device, and the rest comes in', async () => {
    await using disk = await aDirectory()
    await disk.write('real.txt')
    await mkdir(join(disk.path, 'outside'))
    await symlink('/etc/passwd', join(disk.path, 'link'))
    await symlink('/', join(disk.path, 'outside', 'everything'))
    await symlink('missing', join(disk.path, 'broken link'))
    execFileSync('mkfifo', [join(disk.path, 'pipe')])
    const socket = createServer().listen(join(disk.path, 'socket'))
    try {
      const done = await imported(admin, disk.path, await aFolder())
      expect(done.imported?.skipped).toEqual([
        { path: 'broken link', reason: 'a symbolic link' },
        { path: 'link', reason: 'a symbolic link' },
        { path: 'pipe', reason: 'a named pipe' },
        { path: 'socket', reason: 'a socket' },
        { path: 'outside/everything', reason: 'a symbolic link' },
      ])
      expect([done.state, done.unreadable, done.imported?.files]).toEqual(['done', 0, 1])
    } finally {
      socket.close()
    }
  })

  it('is told where it cannot be read, and the rest comes in', async ({ skip }) => {
    await using disk = await aDirectory()
    await disk.write('good.txt')
    await disk.write('grows.log', 'x')
    // Nobody can read a file that grows all the time as it was at one moment.
    const growing = setInterval(
      () => void appendFile(join(disk.path, 'grows.log'), randomBytes(5000)).catch(() => {}),
      1,
    )
    try {
      await disk.write('grows.log', randomBytes(30_000_000))
      const done = await imported(admin, disk.path, await aFolder())
      if (done.unreadable === 0) skip('the file was read faster than it grew')
      expect(done.imported?.skipped).toEqual([{ path: 'grows.log', reason: 'it changed while it was being read' }])
      expect([done.state, done.imported?.files]).toEqual(['done', 1])
    } finally {
      clearInterval(growing)
    }
  })

  it('is left out, or refused, where it is the data folder of Vitrine itself', async () => {
    const folder = await aFolder()
    for (const directory of [server.folder, join(server.folder, 'blobs')]) {
      const answer = await admin.post('/api/v1/imports', { directory, folder })
      expect([answer.status, answer.json()['code']]).toEqual([422, 'import/unreadable'])
    }
    await using disk = await aDirectory()
    await disk.write('x.txt')
    await using inner = await aServer({ environment: { VITRINE_DATA: join(disk.path, 'data') } })
    const into = inner.as('admin')
    const made = await into.post('/api/v1/nodes', { parent: ROOT_ID, kind: 'folder', name: 'into' })
    const done = await imported(into, disk.path, made.json<NodeBody>().id)
    expect(done.imported).toMatchObject({
      files: 1,
      skipped: [{ path: 'data', reason: 'the folder in which Vitrine keeps its data' }],
    })
  })
})
