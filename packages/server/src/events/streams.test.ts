import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { LiveEvent } from '@vitrine/api'
import {
  aKillableServer,
  type Answer,
  aServer,
  type Caller,
  expectStatus,
  type KillableServer,
  listenTo,
  type Listening,
  type TestServer,
} from '@vitrine/testkit'
import { aFolder, type MadeNode, setAcl, theRoot } from '@vitrine/testkit/share-link-words'
import { ADMIN_ID } from '@vitrine/domain'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountById } from '../people/account-store.ts'
import { signedInAs } from '../people/signed-in.ts'
import { EventStream } from './event-stream.ts'

let server: TestServer
let root: MadeNode
let counter = 0
const open: Listening[] = []
beforeAll(async () => {
  server = await aServer()
  root = await theRoot(admin())
})
afterAll(() => server.stop())
afterEach(() => open.splice(0).forEach((one) => one.close()))

const admin = () => server.as('admin')
const bearer = (of = server) => ({ authorization: `Bearer ${of.parts.localToken.reveal()}` })
const rootEvent = (): LiveEvent => ({ kind: 'folder', folder: root.id })
const aChange = (caller = admin()) => aFolder(caller, root, `change ${(counter += 1)}`)

async function listen(headers: Record<string, string>, at = server.url): Promise<Listening> {
  const listening = await listenTo(at, headers)
  open.push(listening)
  expect(listening.status).toBe(200)
  return listening
}

/** Somebody with a password, and how they can sign in. */
async function somebody() {
  const [name, password] = [`person ${(counter += 1)}`, `the password ${counter}`]
  const { id } = expectStatus(await admin().post('/api/v1/users', { name, password }), 201).json<{ id: string }>()
  const basic = (secret = password) => ({
    authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
  })
  const session = async () => {
    const browser = server.aVisitor('main')
    const answer = expectStatus(await browser.post('/api/v1/sessions', { name, password }), 201)
    return { browser, csrf: csrfOf(answer), cookie: cookieOf(answer), id: answer.json<{ id: string }>().id }
  }
  return { id, name, password, basic, session }
}

const csrfOf = (answer: Answer) => ({ 'x-csrf-token': String(answer.json()['csrfToken']) })
const cookieOf = (answer: Answer) => ({ cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' })

/** The stream ends within a second after this was done, and says why; one of somebody else goes on. */
async function expectEnd(listening: Listening, act: () => Promise<unknown>): Promise<void> {
  const other = await listen(bearer())
  await act()
  const doneAt = performance.now()
  await listening.ended
  expect(performance.now() - doneAt).toBeLessThan(1000)
  expect(listening.events.at(-1)).toEqual({ kind: 'end', reason: 'signed-out' })
  await aChange()
  await other.told(rootEvent())
}

describe('a stream ends within a second', () => {
  it('after its session has ended: by itself, from another, or with all', async () => {
    const ann = await somebody()
    for (const which of ['current', 'other', 'all']) {
      const [one, other] = [await ann.session(), await ann.session()]
      const act = {
        current: () => one.browser.delete('/api/v1/sessions/current', one.csrf),
        other: () => other.browser.delete(`/api/v1/sessions/${one.id}`, other.csrf),
        all: () => other.browser.delete('/api/v1/sessions', other.csrf),
      }[which]
      await expectEnd(await listen(one.cookie), async () => act && expectStatus(await act(), 204))
    }
  })

  it('after the same browser has signed in anew', async () => {
    const ann = await somebody()
    const { browser, cookie } = await ann.session()
    await expectEnd(await listen(cookie), async () =>
      expectStatus(await browser.post('/api/v1/sessions', { name: ann.name, password: ann.password }), 201),
    )
  })

  it('after the password was changed, by whomever', async () => {
    const [ann, bob] = [await somebody(), await somebody()]
    const other = await ann.session()
    const change = { current: ann.password, password: 'another password' }
    const byPassword = await listen(ann.basic())
    await expectEnd(await listen((await ann.session()).cookie), async () =>
      expectStatus(await other.browser.put('/api/v1/me/password', change, other.csrf), 204),
    )
    await byPassword.ended
    await expectEnd(await listen(bob.basic()), async () =>
      expectStatus(await admin().put(`/api/v1/users/${bob.id}/password`, { password: 'another password' }), 204),
    )
  })

  it('but not when the password was changed in its own session', async () => {
    const ann = await somebody()
    await setAcl(admin(), root, [{ principal: ann.id, effect: 'allow', privileges: ['read'] }])
    const [own, other] = [await ann.session(), await ann.session()]
    const hers = await listen(own.cookie)
    const change = { current: ann.password, password: 'another password' }
    await expectEnd(await listen(other.cookie), async () =>
      expectStatus(await own.browser.put('/api/v1/me/password', change, own.csrf), 204),
    )
    await hers.told(rootEvent())
    await setAcl(admin(), root, [])
  })

  it('after its app password was revoked', async () => {
    const ann = await somebody()
    const { browser, csrf } = await ann.session()
    const made = await browser.post('/api/v1/me/app-passwords', { name: 'x' }, csrf)
    const { id, secret } = made.json<{ id: string; secret: string }>()
    await expectEnd(await listen(ann.basic(secret)), () => browser.delete(`/api/v1/me/app-passwords/${id}`, csrf))
  })

  it('after its user was disabled', async () => {
    const ann = await somebody()
    await expectEnd(await listen(ann.basic()), () => admin().post(`/api/v1/users/${ann.id}/disable`, {}))
  })

  it('also when nobody said so', async () => {
    const ann = await somebody()
    const { cookie, id } = await ann.session()
    await expectEnd(await listen(cookie), () => sql`delete from sessions where id = ${id}`.execute(server.parts.db))
  })

  it('after its session has expired', async () => {
    await using own = await aServer()
    const name = 'ann'
    const password = 'the password'
    expectStatus(await own.as('admin').post('/api/v1/users', { name, password }), 201)
    const answer = await own.anonymous.post('/api/v1/sessions', { name, password })
    using listening = await listenTo(own.url, cookieOf(answer))
    own.wait(25 * 3_600_000)
    await listening.ended
    expect(listening.events.at(-1)).toEqual({ kind: 'end', reason: 'signed-out' })
  })
})

describe('somebody', () => {
  it('has eight streams at most: the oldest gives way, and those of others stay', async () => {
    const [ann, bob] = [await somebody(), await somebody()]
    const his = await listen(bob.basic())
    const hers: Listening[] = []
    for (let i = 0; i < 10; i++) hers.push(await listen(ann.basic()))
    await Promise.all(hers.slice(0, 2).map(({ ended }) => ended))
    expect(hers.map(({ events }) => events)).toEqual([
      [{ kind: 'end', reason: 'replaced' }],
      [{ kind: 'end', reason: 'replaced' }],
      ...Array.from({ length: 8 }, () => []),
    ])
    expect(his.events).toEqual([])
  })

  it('who comes back is told first that something may be missing, and who comes first is not', async () => {
    const [first, back] = [await listen(bearer()), await listen({ ...bearer(), 'last-event-id': '17' })]
    await aChange()
    await Promise.all([first.told(rootEvent()), back.told(rootEvent())])
    expect(back.events[0]).toEqual({ kind: 'resync' })
    expect(first.events).not.toContainEqual({ kind: 'resync' })
  })

  it('is told that something may be missing when the server could not hear for a while', async () => {
    const listening = await listen(bearer())
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'vitrine-listen' and datname = current_database()`.execute(server.parts.db)
    await listening.told({ kind: 'resync' })
    await aChange()
    await listening.told(rootEvent())
  })

  it('who leaves before being let in is not listened for', async () => {
    const account = (await accountById(server.parts.db, ADMIN_ID))!
    const { promise: left, resolve } = Promise.withResolvers<EventStream>()
    const source = createServer((_request, response) => {
      response.once('close', () => resolve(new EventStream(response, {})))
      leaving.destroy()
    }).listen(0, '127.0.0.1')
    await once(source, 'listening')
    const { port } = source.address() as { port: number }
    const leaving = connect(port, '127.0.0.1', () => leaving.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
    const stream = await left
    const before = server.parts.events.count
    server.parts.events.add(signedInAs(account, 'local-token', {}), stream, false)
    expect(server.parts.events.count).toBe(before)
    source.close()
  })

  it('who does not read is cut, and holds little until then', async () => {
    const held: number[] = []
    const cut = Promise.withResolvers<void>()
    const source = createServer((_request, response) => {
      const stream = new EventStream(response, {})
      stream.onClose(cut.resolve)
      const goOn = () => {
        if (response.destroyed) return
        for (let i = 0; i < 500; i++) stream.send({ kind: 'node', id: root.id })
        held.push(response.writableLength)
        setImmediate(goOn)
      }
      goOn()
    }).listen(0, '127.0.0.1')
    await once(source, 'listening')
    const { port } = source.address() as { port: number }
    const reader = connect(port, '127.0.0.1', () => reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
    reader.on('error', () => undefined)
    reader.pause()
    await cut.promise
    expect(Math.max(...held)).toBeLessThan(512 * 1024)
    reader.destroy()
    source.close()
  })
})

describe('two processes on one database', () => {
  const databaseUrl = () => server.parts.config.databaseUrl?.reveal() ?? ''
  let other: KillableServer
  beforeAll(async () => {
    other = await aKillableServer({ DATABASE_URL: databaseUrl() })
  })
  afterAll(() => other?.remove())

  /** Whatever is done at one of them, the readers of both are told. */
  async function expectBothTell(...readers: Listening[]): Promise<void> {
    for (const caller of [admin(), other.admin] as Caller[]) {
      const from = readers.map(({ events }) => events.length)
      await aChange(caller)
      await Promise.all(readers.map((one, index) => one.told(rootEvent(), from[index])))
    }
  }

  it('both tell what was changed at either, also after one of them was killed', async () => {
    const ann = await somebody()
    await setAcl(admin(), root, [{ principal: ann.id, effect: 'allow', privileges: ['read'] }])
    const [here, there] = [await listen(ann.basic()), await listen(ann.basic(), other.url)]
    await expectBothTell(here, there)

    await other.kill()
    await there.ended
    expect(there.events.at(-1)?.kind).not.toBe('end')
    await aChange()
    await other.start()
    const back = await listen({ ...ann.basic(), 'last-event-id': '5' }, other.url)
    await back.told({ kind: 'resync' })
    await expectBothTell(here, back)
  })

  it('both end the streams of somebody who is disabled at one of them', async () => {
    const ann = await somebody()
    const there = await listen(ann.basic(), other.url)
    await expectEnd(there, () => admin().post(`/api/v1/users/${ann.id}/disable`, {}))
  })
})

it('a server that is asked to stop ends its streams first, and waits for nobody', async () => {
  const own = await aServer({ environment: { VITRINE_STOP_GRACE: '1h' } })
  using listening = await listenTo(own.url, bearer(own))
  await own.stop()
  await listening.ended
  expect(listening.events).toEqual([{ kind: 'end', reason: 'stopping' }])
})
