import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download } from '@vitrine/api/public'
import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
import { aDownload, askForDownload, everything, partBytes, settled, unpacked } from '@vitrine/testkit/download-words'
import {
  aFolder,
  aFreshFolder,
  anAsset,
  aShareLink,
  idOf,
  itemNamed,
  type MadeNode,
  setAcl,
} from '@vitrine/testkit/share-link-words'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.stop())

const admin = () => server.as('admin')

async function aCampaign(): Promise<MadeNode> {
  const campaign = await aFreshFolder(admin())
  await anAsset(admin(), campaign, 'b.txt', 'the second')
  await anAsset(admin(), campaign, 'a.txt', 'the first')
  const print = await aFolder(admin(), campaign, 'Print')
  await anAsset(admin(), print, 'Plakat für Köln.txt', 'ein Plakat')
  await aFolder(admin(), campaign, 'Empty')
  return campaign
}

const aPicture = () =>
  sharp({ create: { width: 1600, height: 900, channels: 3, background: '#c0ffee' } })
    .jpeg()
    .toBuffer()

describe('a download of everything', () => {
  it('is ready in the answer, as an archive of the tree in order', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign])
    const answer = await askForDownload(server.aVisitor(), link)
    const download = expectStatus(answer, 201).json<Download>()
    const name = `${campaign.name}.zip`
    expect(download).toMatchObject({ state: 'ready', name, entries: 3, skipped: [], progress: { done: 3, total: 3 } })
    expect(answer.headers.get('location')).toBe(`/linkshare.html/downloads/${download.id}`)
    const [part] = download.parts
    expect(download.parts).toHaveLength(1)
    expect(part).toMatchObject({ number: 1, name, mediaType: 'application/zip', size: download.size })

    const got = await server.public.get(part?.url ?? '')
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-length': String(part?.size),
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-transform',
      'accept-ranges': 'bytes',
      etag: part?.etag,
    })
    expect(Object.entries(unpacked(got.bytes))).toEqual([
      [`${campaign.name}/a.txt`, 'the first'],
      [`${campaign.name}/b.txt`, 'the second'],
      [`${campaign.name}/Empty/`, ''],
      [`${campaign.name}/Print/Plakat für Köln.txt`, 'ein Plakat'],
    ])
  })

  it('opens in other programs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-judges-'))
    const link = await aShareLink(admin(), [await aCampaign()])
    const archive = join(folder, 'a.zip')
    await writeFile(archive, await partBytes(server.public, await aDownload(server.aVisitor(), link)))
    for (const [program, ...options] of [
      ['unzip', '-tq', archive],
      ['7zz', 't', archive],
      ['bsdtar', '-tf', archive],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(program, options, { encoding: 'utf8' })
      expect([program, status, status === 0 ? '' : stdout + stderr]).toEqual([program, 0, ''])
    }
    await rm(folder, { recursive: true })
  })

  it('has its targets side by side where there are several, told apart', async () => {
    const [one, other] = [await aFreshFolder(admin()), await aFreshFolder(admin())]
    const poster = await anAsset(admin(), one, 'poster.txt', 'one')
    const second = await anAsset(admin(), other, 'POSTER.txt', 'other')
    const sub = await aFolder(admin(), other, 'poster.TXT')
    await anAsset(admin(), sub, 'deep.txt', 'deep')
    const link = await aShareLink(admin(), [poster, second, sub], { title: 'Two: posters' })
    const download = await aDownload(server.aVisitor(), link)
    expect(download.name).toBe('Two_ posters.zip')
    const paths = Object.keys(unpacked(await partBytes(server.public, download)))
    expect(paths.map((path) => path.toLowerCase())).toEqual(['poster.txt', 'poster (2).txt', 'poster.txt (3)/deep.txt'])
  })

  it('is laid out as was asked for', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign])
    const pathsOf = async (layout: string) => {
      const download = await aDownload(server.aVisitor(), link, { ...everything, layout })
      return Object.keys(unpacked(await partBytes(server.public, download)))
    }
    expect(await pathsOf('flat')).toEqual(['a.txt', 'b.txt', 'Plakat für Köln.txt'])
    expect(await pathsOf('folder-per-asset')).toEqual([
      `${campaign.name}/a.txt/a.txt`,
      `${campaign.name}/b.txt/b.txt`,
      `${campaign.name}/Empty/`,
      `${campaign.name}/Print/Plakat für Köln.txt/Plakat für Köln.txt`,
    ])
  })

  it('is the same bytes however often it is queued', async () => {
    const link = await aShareLink(admin(), [await aCampaign()])
    const [one, other] = [await aDownload(server.aVisitor(), link), await aDownload(server.aVisitor(), link)]
    expect(one.id).not.toBe(other.id)
    expect(one.parts[0]?.etag).toBe(other.parts[0]?.etag)
    expect(await partBytes(server.public, one)).toEqual(await partBytes(server.public, other))
  })
})

describe('a download of what was chosen', () => {
  it('has these items, each once, and not what was excepted', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign])
    const visitor = server.aVisitor()
    const folder = await itemNamed(visitor, link, campaign.name)
    const print = await itemNamed(visitor, link, 'Print', folder)
    const poster = await itemNamed(visitor, link, 'Plakat für Köln.txt', print)
    const b = await itemNamed(visitor, link, 'b.txt', folder)

    const some = await aDownload(visitor, link, { ...everything, items: [print.id, poster.id, b.id, b.id] })
    expect(Object.keys(unpacked(await partBytes(visitor, some)))).toEqual(['b.txt', 'Print/Plakat für Köln.txt'])
    const rest = await aDownload(visitor, link, { ...everything, except: [print.id, b.id] })
    expect(Object.keys(unpacked(await partBytes(visitor, rest)))).toEqual([
      `${campaign.name}/a.txt`,
      `${campaign.name}/Empty/`,
    ])
  })

  it('is the plain file when it is one alone', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign])
    const visitor = server.aVisitor()
    const folder = await itemNamed(visitor, link, campaign.name)
    const { id } = await itemNamed(visitor, link, 'b.txt', folder)
    const download = await aDownload(visitor, link, { ...everything, items: [id] })
    const sha256 = createHash('sha256').update('the second').digest()
    expect(download).toMatchObject({ name: 'b.txt', entries: 1, size: 10 })
    expect(download.parts).toMatchObject([{ name: 'b.txt', size: 10, etag: `"${sha256.toString('base64url')}"` }])
    const got = await server.public.get(download.parts[0]?.url ?? '', { range: 'bytes=4-' })
    expect([got.status, got.text, got.headers.get('content-disposition')]).toEqual([
      206,
      'second',
      'attachment; filename=b.txt',
    ])
    expect((await visitor.get(link.at(`/downloads/${download.id}/SHA256SUMS`))).text).toBe(
      `${sha256.toString('hex')}  b.txt\n`,
    )
  })

  it('waits for renditions that are not made yet, and puts them beside', async () => {
    const campaign = await aFreshFolder(admin())
    await anAsset(admin(), campaign, 'poster.jpg', await aPicture())
    await anAsset(admin(), campaign, 'notes.txt', 'notes')
    await anAsset(admin(), campaign, 'broken.jpg', (await aPicture()).subarray(0, 300))
    const link = await aShareLink(admin(), [campaign])
    const visitor = server.aVisitor()
    const queued = await aDownload(visitor, link, { items: 'all', originals: false, renditions: ['web.1280'] })
    const download = await settled(visitor, link, queued)
    expect(download).toMatchObject({ state: 'ready', entries: 1 })
    expect(download.skipped.map(({ name }) => name)).toEqual(['broken.jpg (web.1280)', 'notes.txt (web.1280)'])
    const files = unpacked(await partBytes(visitor, download))
    expect(Object.keys(files)).toEqual([`${campaign.name}/poster.web.1280.jpeg`, 'NOT-INCLUDED.txt'])
    expect(files['NOT-INCLUDED.txt']).toContain('notes.txt (web.1280)')

    const folder = await itemNamed(visitor, link, campaign.name)
    const { id } = await itemNamed(visitor, link, 'poster.jpg', folder)
    const both = await aDownload(visitor, link, { items: [id], originals: true, renditions: ['web.1280'] })
    expect(both.name).toBe('poster.zip')
    expect(Object.keys(unpacked(await partBytes(visitor, both)))).toEqual(['poster.jpg', 'poster.web.1280.jpeg'])
    const plain = await aDownload(visitor, link, { items: [id], originals: false, renditions: ['web.1280'] })
    expect(plain.parts).toMatchObject([{ name: 'poster.web.1280.jpeg', mediaType: 'image/jpeg' }])
    expect((await sharp(await partBytes(visitor, plain)).metadata()).width).toBe(1280)
  })
})

describe('what its holder may not give', () => {
  it('is not in a download: hidden without a word, refused with a reason', async () => {
    const campaign = await aCampaign()
    const secret = await aFolder(admin(), campaign, 'Secret')
    await anAsset(admin(), secret, 'secret.txt', 'hidden')
    const low = await anAsset(admin(), campaign, 'low.txt', 'no original of this')
    const holder = server.as('holder')
    const id = await idOf(holder)
    const all = ['read', 'share', 'download-original', 'download-rendition']
    await setAcl(admin(), campaign, [{ principal: id, effect: 'allow', privileges: all }])
    await setAcl(admin(), secret, [{ principal: id, effect: 'deny', privileges: ['read'] }])
    await setAcl(admin(), low, [{ principal: id, effect: 'deny', privileges: ['download-original'] }])
    const link = await aShareLink(holder, [campaign])
    const download = await aDownload(server.aVisitor(), link)
    expect(download.skipped).toEqual([{ name: 'low.txt', reason: 'The original may not be downloaded.' }])
    expect(Object.keys(unpacked(await partBytes(server.public, download)))).toEqual([
      `${campaign.name}/a.txt`,
      `${campaign.name}/b.txt`,
      `${campaign.name}/Empty/`,
      `${campaign.name}/Print/Plakat für Köln.txt`,
      'NOT-INCLUDED.txt',
    ])
  })

  it('is refused as a whole where the link does not give it', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign], { originals: false })
    const visitor = server.aVisitor()
    const codeOf = async (wish: object) => {
      const answer = await askForDownload(visitor, link, wish)
      return [answer.status, answer.json<{ code: string }>().code]
    }
    expect(await codeOf(everything)).toEqual([403, 'download/originals-not-allowed'])
    expect(await codeOf({ ...everything, originals: false })).toEqual([422, 'download/empty'])
    expect(await codeOf({ items: 'all', originals: false, renditions: ['web.1280'] })).toEqual([422, 'download/empty'])
    const empty = await aShareLink(admin(), [await aFreshFolder(admin())])
    const nothing = await askForDownload(visitor, empty)
    expect([nothing.status, nothing.json<{ code: string }>().code]).toEqual([422, 'download/empty'])
  })
})

describe('a range of a part', () => {
  it('is the same bytes as that range of the whole', async () => {
    const link = await aShareLink(admin(), [await aCampaign()])
    const { parts } = await aDownload(server.aVisitor(), link)
    const { url = '', etag = '', size = 0 } = parts[0] ?? {}
    const get = (headers: Record<string, string>) => server.public.get(url, headers)
    const whole = (await get({})).bytes
    const range = await get({ range: 'bytes=10-99' })
    expect([range.status, range.headers.get('content-range')]).toEqual([206, `bytes 10-99/${size}`])
    expect(range.bytes).toEqual(whole.subarray(10, 100))
    expect((await get({ range: 'bytes=-22' })).bytes).toEqual(whole.subarray(-22))
    expect((await get({ range: 'bytes=5-9', 'if-range': etag })).status).toBe(206)
    expect((await get({ range: 'bytes=5-9', 'if-range': '"other"' })).bytes).toEqual(whole)
    expect((await get({ range: 'bytes=0-1,4-5' })).bytes).toEqual(whole)
    const beyond = await get({ range: `bytes=${size}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    expect((await get({ 'if-none-match': etag })).status).toBe(304)
    const head = await server.public.head(url)
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, String(size), 0])
  })
})

describe('beside a download', () => {
  it('lie its checksums, as sha256sum reads them, and what is in it', async () => {
    const campaign = await aCampaign()
    const link = await aShareLink(admin(), [campaign])
    const visitor = server.aVisitor()
    const download = await aDownload(visitor, link)
    const sums = (await visitor.get(link.at(`/downloads/${download.id}/SHA256SUMS`))).text
    const expected = Object.entries(unpacked(await partBytes(visitor, download)))
      .filter(([path]) => !path.endsWith('/'))
      .map(([path, content]) => `${createHash('sha256').update(content).digest('hex')}  ${path}\n`)
    expect(sums).toBe(expected.join(''))
    const manifest = (await visitor.get(link.at(`/downloads/${download.id}/manifest.json`))).json<{
      name: string
      entries: { name: string; part: number; size: number }[]
    }>()
    expect(manifest).toMatchObject({ name: download.name, parts: [{ number: 1, size: download.size }] })
    expect(manifest.entries.map(({ name, size }) => [name, size])).toContainEqual([`${campaign.name}/a.txt`, 9])
  })
})
