import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aDesk } from './a-desk.ts'

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

async function itemsOf(url: string) {
  const answer = await fetch(url.replace('/linkshare.html?', '/linkshare.html/items?'))
  return (await answer.json()) as { items: { name: string; children: number }[]; link: { originals: boolean } }
}
