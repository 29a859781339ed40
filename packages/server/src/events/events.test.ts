import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LiveEvent, ShareLinkBody } from '@vitrine/api'
import type { OperationId, PrincipalId } from '@vitrine/domain'
import { aServer, expectStatus, listenTo, type Listening, type Person, type TestServer } from '@vitrine/testkit'
import { anOwnDownload } from '@vitrine/testkit/download-words'
import { aFolder, anAsset, aShareLink, type MadeNode, setAcl, theRoot, trash } from '@vitrine/testkit/share-link-words'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../db/transaction.ts'
import { insertOperation } from '../operations/operation-store.ts'
import { runOperation } from '../operations/run-operation.ts'

let server: TestServer
let root: MadeNode
let campaign: MadeNode
let counter = 0
const open: Listening[] = []
beforeAll(async () => {
  server = await aServer()
  root = await theRoot(admin())
})
afterAll(() => server.stop())
beforeEach(async () => {
  counter += 1
  campaign = await aFolder(admin(), root, `Campaign ${counter}`)
})
afterEach(() => open.splice(0).forEach((one) => one.close()))

const admin = () => server.as('admin')
const bearer = () => ({ authorization: `Bearer ${server.parts.localToken.reveal()}` })
const folderEvent = ({ id }: MadeNode): LiveEvent => ({ kind: 'folder', folder: id })
const nodeEvent = ({ id }: MadeNode): LiveEvent => ({ kind: 'node', id })

const allow = ({ id }: Person, ...privileges: string[]) => ({ principal: id, effect: 'allow', privileges }) as const

async function listen(headers: Record<string, string> = bearer()): Promise<Listening> {
  const listening = await listenTo(server.url, headers)
  open.push(listening)
  expect(listening.status).toBe(200)
  return listening
}

/** Somebody new who listens, with an app password. */
async function somebody(): Promise<Person & { readonly listening: Listening }> {
  const person = await server.user(`person ${(counter += 1)}`)
  const made = expectStatus(await person.post('/api/v1/me/app-passwords', { name: 'events' }), 201)
  const secret = made.json<{ secret: string }>().secret
  const authorization = `Basic ${Buffer.from(`${person.name}:${secret}`).toString('base64')}`
  return { ...person, listening: await listen({ authorization }) }
}

/** What is told once all of this has been told, in the order in which it first came. */
async function toldBy(
  listening: Listening,
  act: () => Promise<unknown>,
  ...expected: LiveEvent[]
): Promise<LiveEvent[]> {
  const from = listening.events.length
  await act()
  for (const event of expected) await listening.told(event, from)
  return listening.events.slice(from)
}

describe('a stream of events', () => {
  it('is one that nobody on the way keeps, and tells when to come back', async () => {
    const listening = await listen()
    expect(Object.fromEntries(listening.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    await toldBy(listening, () => aFolder(admin(), campaign, 'x'), folderEvent(campaign))
    expect(listening.text()).toMatch(/^retry: \d{4}\n\n(id: \d+\ndata: \{.*\}\n\n)+$/)
  })

  it('is for people who are signed in, not for pages of other sites, and has no HEAD', async () => {
    expect((await server.anonymous.get('/api/v1/events')).status).toBe(401)
    const foreign = await listenTo(server.url, { ...bearer(), 'sec-fetch-site': 'cross-site' })
    expect(foreign.status).toBe(403)
    foreign.close()
    expect((await admin().head('/api/v1/events')).status).toBe(404)
  })
})

describe('what changes in the repository is told:', () => {
  it('a folder that is made, renamed, copied', async () => {
    const listening = await listen()
    let made: MadeNode | undefined
    await toldBy(listening, async () => (made = await aFolder(admin(), campaign, 'x')), folderEvent(campaign))
    const one = made!
    const rename = (name: string) => admin().post(`/api/v1/nodes/${one.id}/move`, { parent: campaign.id, name })
    await toldBy(listening, () => rename('y'), folderEvent(campaign), nodeEvent(one))
    await toldBy(
      listening,
      () => admin().post(`/api/v1/nodes/${one.id}/copy`, { parent: root.id, name: `copy ${counter}` }),
      folderEvent(root),
    )
  })

  it('an asset that is put in, replaced, moved, trashed, restored', async () => {
    const listening = await listen()
    const other = await aFolder(admin(), campaign, 'other')
    await listening.told(folderEvent(campaign))
    const asset = await anAsset(admin(), campaign, 'a.txt')
    await listening.told(nodeEvent(asset))
    const content = () => admin().put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('another'))
    await toldBy(listening, content, folderEvent(campaign), nodeEvent(asset))
    const versions = (await admin().get(`/api/v1/nodes/${asset.id}/versions`)).json<{ items: { id: string }[] }>().items
    const back = () => admin().post(`/api/v1/nodes/${asset.id}/versions/${versions.at(-1)?.id}/restore`)
    await toldBy(listening, back, folderEvent(campaign), nodeEvent(asset))
    const move = () => admin().post(`/api/v1/nodes/${asset.id}/move`, { parent: other.id, name: 'b.txt' })
    await toldBy(listening, move, folderEvent(campaign), folderEvent(other), nodeEvent(asset))
    // What lies in the trash is not named; where it was is.
    const trashed = await toldBy(listening, () => trash(admin(), asset), folderEvent(other))
    expect(trashed).not.toContainEqual(nodeEvent(asset))
    const restore = () => admin().post(`/api/v1/nodes/${asset.id}/restore`)
    await toldBy(listening, restore, folderEvent(other), nodeEvent(asset))
  })

  it('an access control list', async () => {
    const listening = await listen()
    await toldBy(
      listening,
      () => setAcl(admin(), campaign, []),
      folderEvent(root),
      folderEvent(campaign),
      nodeEvent(campaign),
    )
  })

  it('renditions that are ready', async () => {
    const listening = await listen()
    const picture = { width: 800, height: 600, channels: 3, background: { r: counter, g: 1, b: 2 } } as const
    const asset = await anAsset(admin(), campaign, 'a.png', await sharp({ create: picture }).png().toBuffer())
    await listening.told(nodeEvent(asset))
    await listening.told(nodeEvent(asset), listening.events.findLastIndex(({ kind }) => kind === 'node') + 1)
    const { items } = (await admin().get(`/api/v1/nodes/${campaign.id}/children`)).json<{ items: unknown[] }>()
    expect(items).toHaveLength(1)
  })

  it('but not what was refused', async () => {
    const listening = await listen()
    await toldBy(listening, () => aFolder(admin(), campaign, 'taken'), folderEvent(campaign))
    const from = listening.events.length
    expectStatus(await admin().post('/api/v1/nodes', { parent: campaign.id, kind: 'folder', name: 'taken' }), 409)
    await toldBy(listening, () => aFolder(admin(), root, `after ${counter}`), folderEvent(root))
    expect(listening.events.slice(from)).not.toContainEqual(folderEvent(campaign))
  })
})

describe('what concerns a person is told to that person:', () => {
  it('share links, to their holder and to those who may see all', async () => {
    const [ann, bob, auditor] = [await somebody(), await somebody(), await somebody()]
    await setAcl(admin(), campaign, [allow(ann, 'read', 'share'), allow(bob, 'read', 'share')])
    const globals = { globalPrivileges: ['share-links/view-all'] }
    expectStatus(await admin().put(`/api/v1/principals/${auditor.id}/global-privileges`, globals), 200)
    const shareLinks: LiveEvent = { kind: 'share-links' }
    const toldToBoth = (act: () => Promise<unknown>) =>
      toldBy(ann.listening, () => toldBy(auditor.listening, act, shareLinks), shareLinks)
    let link: ShareLinkBody | undefined
    await toldToBoth(async () => (link = await aShareLink(ann, [campaign])))
    const one = `/api/v1/share-links/${link?.id}`
    await toldToBoth(() => ann.patch(one, { title: 'another' }))
    expect(bob.listening.events).not.toContainEqual(shareLinks)
    await toldToBoth(() => toldBy(bob.listening, () => ann.post(`${one}/hand-over`, { to: bob.id }), shareLinks))
    await toldBy(bob.listening, () => bob.post(`${one}/revoke`), shareLinks)
  })

  it('a suspended link and its notice, and that the notice was read', async () => {
    const ann = await somebody()
    await setAcl(admin(), campaign, [allow(ann, 'read', 'share')])
    await aShareLink(ann, [campaign])
    const hers = ann.listening
    await toldBy(hers, () => setAcl(admin(), campaign, []), { kind: 'notices' }, { kind: 'share-links' })
    const { items } = (await ann.get('/api/v1/notices')).json<{ items: { id: string }[] }>()
    await toldBy(hers, () => ann.post(`/api/v1/notices/${items[0]?.id}/read`), { kind: 'notices' })
  })

  it('downloads, to nobody else', async () => {
    const [ann, bob] = [await somebody(), await somebody()]
    await setAcl(admin(), campaign, [allow(ann, 'read', 'download-original'), allow(bob, 'read', 'download-original')])
    const asset = await anAsset(admin(), campaign, 'a.txt')
    const hers = ann.listening
    const download = await anOwnDownload(ann, [campaign.id])
    await hers.told({ kind: 'downloads' })
    await toldBy(hers, () => ann.post(`/api/v1/downloads/${download.id}/cancel`), { kind: 'downloads' })
    await anOwnDownload(ann, [campaign.id])
    await toldBy(
      hers,
      async () => {
        await trash(admin(), asset)
        await ann.get('/api/v1/downloads')
      },
      { kind: 'downloads' },
    )
    await bob.listening.told(folderEvent(campaign))
    expect(bob.listening.events).not.toContainEqual({ kind: 'downloads' })
  })

  it('an operation that is cancelled, and one that does not get on', async () => {
    const [ann, bob] = [await somebody(), await somebody()]
    const { parts } = server
    const startedBy = ann.id as PrincipalId
    const [cancelled, stuck] = [parts.newId(), parts.newId()] as [OperationId, OperationId]
    const facts = { kind: 'trash', startedBy, to: null, conflict: 'refuse', undoOf: null, createdAt: 0 } as const
    await inTransaction(parts.db, async (tx) => {
      for (const id of [cancelled, stuck]) await insertOperation(tx, { id, ...facts })
    })
    await sql`update operations set attempts = 100 where id = ${stuck}`.execute(parts.db)
    const cancel = () => ann.post(`/api/v1/operations/${cancelled}/cancel`)
    const goOn = () => runOperation(parts, { operation: stuck }, new AbortController().signal)
    for (const act of [cancel, goOn]) await toldBy(ann.listening, act, { kind: 'work' })
    for (const [id, state] of [
      [cancelled, 'cancelled'],
      [stuck, 'failed'],
    ] as const) {
      expect((await ann.get(`/api/v1/operations/${id}`)).json()['state']).toBe(state)
    }
    // Nobody else, and nothing when there was nothing to end.
    const from = ann.listening.events.length
    for (const act of [cancel, goOn, () => bob.post(`/api/v1/operations/${cancelled}/cancel`)]) await act()
    await setAcl(admin(), campaign, [allow(ann, 'read'), allow(bob, 'read')])
    await aFolder(admin(), campaign, 'x')
    for (const { listening } of [ann, bob]) await listening.told(folderEvent(campaign))
    expect(ann.listening.events.slice(from)).not.toContainEqual({ kind: 'work' })
    expect(bob.listening.events).not.toContainEqual({ kind: 'work' })
  })

  it('an import, with the folders that it fills', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vitrine-events-'))
    for (let i = 0; i < 30; i++) await writeFile(join(directory, `${i}.txt`), `${i}`)
    const [mine, hers] = [await listen(), (await somebody()).listening]
    const body = { directory, folder: campaign.id }
    await toldBy(
      mine,
      async () => expectStatus(await admin().post('/api/v1/imports', body), 202),
      { kind: 'work' },
      folderEvent(campaign),
    )
    await expect.poll(async () => (await admin().get(`/api/v1/nodes/${campaign.id}/children`)).json()['total']).toBe(30)
    // So many in one transaction are told as one.
    expect(mine.events.filter(({ kind }) => kind === 'node').length).toBeLessThan(20)
    expect(hers.events).toEqual([])
    await rm(directory, { recursive: true })
  })
})

describe('nothing is told of what may not be seen', () => {
  let ann: Person
  let hers: Listening
  /** When this has been told to her, so has everything before it. */
  const toldUntilNow = async () => {
    const from = hers.events.length
    const marker = await anAsset(admin(), campaign, `marker ${(counter += 1)}`)
    await hers.told(nodeEvent(marker), from)
  }
  const deny = () => ({ principal: ann.id, effect: 'deny', privileges: ['read'] }) as const
  beforeEach(async () => {
    const { listening, ...person } = await somebody()
    ;[ann, hers] = [person, listening]
    await setAcl(admin(), campaign, [allow(ann, 'read')])
  })

  it('of a folder that is hidden, of what lies in it, nor that it is there', async () => {
    const hidden = await aFolder(admin(), root, `hidden ${counter}`)
    const asset = await anAsset(admin(), hidden, 'secret.txt')
    await admin().put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('another'))
    await trash(admin(), asset)
    await toldUntilNow()
    expect(hers.text()).not.toContain(hidden.id)
    expect(hers.text()).not.toContain(asset.id)
    expect(hers.text()).not.toContain(root.id)
  })

  it('of a hidden asset in a folder that is seen: not even that something changed there', async () => {
    const asset = await anAsset(admin(), campaign, 'secret.txt')
    await setAcl(admin(), asset, [deny()])
    await toldUntilNow()
    const from = hers.events.length
    const sub = await aFolder(admin(), campaign, 'seen')
    await hers.told(folderEvent(campaign), from)
    // Nothing of hers changes in the folder from here on.
    await admin().put(`/api/v1/nodes/${asset.id}/content`, Buffer.from('another'))
    await admin().post(`/api/v1/nodes/${asset.id}/move`, { parent: campaign.id, name: 'secret 2.txt' })
    await trash(admin(), asset)
    const before = hers.events.length
    const marker = await anAsset(admin(), sub, 'marker')
    await hers.told(nodeEvent(marker), before)
    const since = hers.events.slice(before)
    expect(since).not.toContainEqual(folderEvent(campaign))
    expect(hers.events.filter((event) => event.kind === 'node' && event.id === asset.id).length).toBeLessThan(2)
  })

  it('from when a right was taken on; and what was given is told', async () => {
    const sub = await aFolder(admin(), campaign, 'sub')
    await hers.told(nodeEvent(sub))
    await setAcl(admin(), sub, [deny()])
    await toldUntilNow()
    const from = hers.events.length
    const asset = await anAsset(admin(), sub, 'a.txt')
    await toldUntilNow()
    expect(hers.events.slice(from)).not.toContainEqual(folderEvent(sub))
    expect(hers.text()).not.toContain(asset.id)
    await setAcl(admin(), sub, [])
    await toldBy(hers, () => anAsset(admin(), sub, 'b.txt'), folderEvent(sub))
  })

  it('of where something goes that leaves what is seen', async () => {
    const hidden = await aFolder(admin(), root, `hidden ${counter}`)
    const asset = await anAsset(admin(), campaign, 'a.txt')
    await hers.told(nodeEvent(asset))
    const from = hers.events.length
    await admin().post(`/api/v1/nodes/${asset.id}/move`, { parent: hidden.id, name: 'a.txt' })
    await hers.told(folderEvent(campaign), from)
    await toldUntilNow()
    expect(hers.text()).not.toContain(hidden.id)
    expect(hers.events.slice(from)).not.toContainEqual(nodeEvent(asset))
  })

  it('through a group that somebody leaves', async () => {
    const group = await server.group(`team ${counter}`)
    await setAcl(admin(), campaign, [{ principal: group, effect: 'allow', privileges: ['read'] }])
    expectStatus(await admin().put(`/api/v1/groups/${group}/members/${ann.id}`), 204)
    await toldBy(hers, () => aFolder(admin(), campaign, 'one'), folderEvent(campaign))
    expectStatus(await admin().delete(`/api/v1/groups/${group}/members/${ann.id}`), 204)
    const mine = await listen()
    const made = await aFolder(admin(), campaign, 'two')
    await mine.told(nodeEvent(made))
    // Of herself she is told as before: what came earlier has been told or never will be.
    const other = await aFolder(admin(), root, `seen ${counter}`)
    await setAcl(admin(), other, [allow(ann, 'read')])
    await hers.told(folderEvent(other))
    expect(hers.text()).not.toContain(made.id)
  })
})
