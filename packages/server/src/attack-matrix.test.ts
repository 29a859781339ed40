import { METHODS } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { appPaths } from '@vitrine/api/app-paths'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from './app.ts'
import { codeIn, secretFor as secretOf, send as sendTo, targetOf, withoutRequestId } from './attack-matrix/ask.ts'
import { disguises, wrongSecrets } from './attack-matrix/attacks.ts'
import { downloadRows } from './attack-matrix/download-rows.ts'
import { rawRequest, type RawAnswer } from './attack-matrix/raw-request.ts'
import type { MatrixAsk, MatrixRow } from './attack-matrix/rows.ts'
import { shareLinkRows } from './attack-matrix/share-link-rows.ts'
import { aMatrixWorld, killLinks, type MatrixLink, type MatrixWorld } from './attack-matrix/world.ts'
import { routesOf, type RouteRecord } from './http/routes-of.ts'

/** Every public route has its rows here. */
const rows: readonly MatrixRow[] = [...shareLinkRows, ...downloadRows]

/** What the main listener alone answers to strangers; all of it is named in SECURITY.md. */
const openOnMain = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'POST /api/v1/sessions',
  ...appPaths.map((path) => `GET ${path}`),
  'GET /app/:name',
])

let world: MatrixWorld
let main: FastifyInstance
let open: FastifyInstance
beforeAll(async () => {
  world = await aMatrixWorld()
  main = await createApp(world.server.parts, 'main')
  open = await createApp(world.server.parts, 'public')
  await Promise.all([main.ready(), open.ready()])
}, 240_000)
afterAll(async () => {
  await Promise.all([main.close(), open.close()])
  await world.server.stop()
})
// Misses are counted per network: each test is a new visitor's day.
beforeEach(() => world.server.wait(5 * 60_000))

const named = rows.map((row) => [`${row.method} ${row.url}`, row] as const)
const guarded = named.filter(([, { secret }]) => secret !== 'none')
const withItems = named.filter(([, { askForItem }]) => askForItem !== undefined)

const send = (row: MatrixRow, ask: MatrixAsk, secret: string | undefined, headers: Record<string, string> = {}) =>
  sendTo(world, row, ask, secret, { headers })
const secretFor = (row: MatrixRow, link: MatrixLink) => secretOf(world, row, link)

function expectFailure(row: MatrixRow, answer: RawAnswer, status: number, code: string): void {
  expect(answer.status).toBe(status)
  if (row.method === 'HEAD') expect(answer.body).toBe('')
  else expect(codeIn(row, answer)).toBe(code)
  expectSilent(answer)
  // Never kept: neither by the visitor's browser nor on the way.
  expect(answer.headers['cache-control']).toContain('no-store')
  expect(answer.headers['location']).toBeUndefined()
  expect(answer.headers['etag']).toBeUndefined()
}

/** Says nothing of what lies outside, and carries the headers that every answer has. */
function expectSilent(answer: RawAnswer): void {
  for (const name of world.secretNames) expect(answer.text).not.toContain(name)
  expect(answer.headers['x-robots-tag']).toBe('noindex, nofollow, noarchive')
  expect(answer.headers['referrer-policy']).toBe('no-referrer')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['content-security-policy']).toMatch(/default-src '(none|self)'/)
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  expect(answer.headers['set-cookie'] ?? '').not.toContain('vitrine_session')
}

describe('the list of public routes', () => {
  const publicOf = (routes: readonly RouteRecord[]) =>
    [...new Set(routes.filter(({ isPublic }) => isPublic).map(({ method, url }) => `${method} ${url}`))].toSorted()

  it('has a row of the matrix for each route, and no row has no route', () => {
    const inMatrix = [...new Set(named.map(([name]) => name))].toSorted()
    expect(publicOf(routesOf(open))).toEqual(inMatrix)
  })

  it('is the same on both listeners, and on the public one there is nothing else', () => {
    expect(publicOf(routesOf(main))).toEqual(publicOf(routesOf(open)))
    expect(routesOf(open).filter(({ isPublic }) => !isPublic)).toEqual([])
  })

  it('is what SECURITY.md says', async () => {
    const text = await readFile(join(import.meta.dirname, '../../../SECURITY.md'), 'utf8')
    const list = /<!-- public-routes:begin -->\n([^]*?)<!-- public-routes:end -->/.exec(text)?.[1] ?? ''
    const written = [...list.matchAll(/^- `([A-Z, ]+) (\/\S*)`/gm)].flatMap(([, methods = '', url = '']) =>
      methods.split(', ').map((method) => `${method} ${url}`),
    )
    const openWithHead = [...openOnMain].flatMap((one) =>
      one.startsWith('GET ') ? [one, one.replace('GET', 'HEAD')] : [one],
    )
    expect(written.toSorted()).toEqual([...publicOf(routesOf(open)), ...openWithHead].toSorted())
  })

  it('lies behind the three doors', () => {
    for (const { url, isPublic } of routesOf(open)) {
      expect([isPublic, url]).toEqual([
        true,
        expect.stringMatching(/^\/link(?:share|sharepreview|expired)\.html(?:\/|$)/),
      ])
    }
  })
})

describe('everything else', () => {
  const filled = (url: string) => url.replaceAll(/:\w+/g, '01900000-0000-7000-8000-000000000000')

  it('is not there on the public listener, even for administrators', async () => {
    const bearer = { authorization: `Bearer ${world.server.parts.localToken.reveal()}` }
    const others = routesOf(main).filter(({ isPublic }) => !isPublic)
    expect(others.length).toBeGreaterThan(10)
    const bodies = new Set<string>()
    for (const { method, url } of others) {
      const answer = await rawRequest(world.server.publicUrl, method, filled(url), { headers: bearer })
      expect([method, url, answer.status]).toEqual([method, url, 404])
      expectSilent(answer)
      if (method !== 'HEAD') bodies.add(withoutRequestId(answer))
    }
    expect(bodies.size).toBe(1)
  })

  it('wants a sign-in on the main listener', async () => {
    for (const { method, url, isPublic } of routesOf(main)) {
      if (isPublic || openOnMain.has(`${method.replace('HEAD', 'GET')} ${url}`)) continue
      const answer = await rawRequest(world.server.url, method, filled(url), {
        ...(method !== 'GET' && method !== 'HEAD' && { body: '{}' }),
      })
      expect([method, url, answer.status]).toEqual([method, url, 401])
      expectSilent(answer)
    }
  })
})

describe.each(named)('%s', (_name, row) => {
  it('works with what opens it', async () => {
    const ask = await row.ask(world.right, world)
    const answer = await send(row, ask, await secretFor(row, world.right))
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([row.ok, expect.anything()])
    expectSilent(answer)
    expect(answer.headers['cache-control'] ?? '').toMatch(/no-transform/)
    if (row.secret !== 'none') expect(answer.headers['cache-control']).toContain('private')
  })

  it('works the same for a link whose contents were fixed', async () => {
    for (const link of world.fixed) {
      const answer = await send(row, await row.ask(link, world), await secretFor(row, link))
      expect([link.mode, answer.status, answer.text.slice(0, 300)]).toEqual([link.mode, row.ok, expect.anything()])
      expectSilent(answer)
    }
  })

  it('works the same for who sends a cookie of a session, or asks by an absolute address', async () => {
    const ask = await row.ask(world.right, world)
    const secret = await secretFor(row, world.right)
    const cookie = `${ask.headers?.['cookie'] ?? 'x=y'}; vitrine_session=forged`
    expect((await send(row, ask, secret, { cookie })).status).toBe(row.ok)
    const target = `http://elsewhere.example${targetOf(row, ask, secret)}`
    const body = row.method === 'POST' ? { body: JSON.stringify(ask.body ?? {}) } : {}
    const absolute = await rawRequest(world.server.publicUrl, row.method, target, {
      headers: ask.headers ?? {},
      ...body,
    })
    expect(absolute.status).toBe(row.ok)
  })

  it('answers no other method, and says which it knows', async () => {
    const ask = await row.ask(world.right, world)
    const known = routesOf(open)
      .filter(({ url }) => url === row.url)
      .map(({ method }) => method)
    const target = targetOf(row, ask, await secretFor(row, world.right))
    const others = METHODS.filter((method) => !known.includes(method) && method !== 'CONNECT')
    for (const method of others) {
      const answer = await rawRequest(world.server.publicUrl, method, target, { body: '{}' })
      expect([method, answer.status]).toEqual([method, 405])
      expect(answer.headers['allow']?.split(', ')).toEqual([...new Set(known)].toSorted())
      expectSilent(answer)
    }
    expect((await rawRequest(world.server.publicUrl, 'CONNECT', target)).status).not.toBe(200)
  })

  it('is not reached by an address that could be read in another way', async () => {
    const ask = await row.ask(world.right, world)
    const secret = await secretFor(row, world.right)
    for (const path of disguises(ask.path)) {
      const target = targetOf(row, { ...ask, path }, secret)
      const body = row.method === 'POST' ? { body: JSON.stringify(ask.body ?? {}) } : {}
      const answer = await rawRequest(world.server.publicUrl, row.method, target, {
        headers: ask.headers ?? {},
        ...body,
      })
      expect([path, answer.status]).toEqual([path, expect.toSatisfy((status) => status === 404 || status === 400)])
      expectSilent(answer)
    }
  })
})

describe.each(guarded)('%s, with a wrong secret', (_name, row) => {
  const code = row.wrongCode ?? 'share-link/not-found'

  it('answers 404 with one and the same body, whatever is wrong', async () => {
    const ask = await row.ask(world.right, world)
    const right = await secretFor(row, world.right)
    const bodies = new Set<string>()
    for (const secret of wrongSecrets(right)) {
      const answer = await send(row, ask, secret)
      expectFailure(row, answer, 404, code)
      expect([secret, answer.headers['x-injected']]).toEqual([secret, undefined])
      bodies.add(withoutRequestId(answer))
    }
    expect(bodies.size).toBe(1)
  })

  it('answers the same about what does not exist', async () => {
    const ask = await row.ask(world.right, world)
    const about = { ...ask, path: ask.path.replace(/[\w-]{22}/, 'AAAAAAAAAAAAAAAAAAAAAA') }
    const [real, unreal] = [await send(row, ask, undefined), await send(row, about, undefined)]
    expect([unreal.status, withoutRequestId(unreal)]).toEqual([real.status, withoutRequestId(real)])
  })
})

describe.each(guarded)('%s, of a link for members', (_name, row) => {
  it('is open to people with an account on the main listener, and to nobody else', async () => {
    const { server, members, member } = world
    const ask = await row.ask(members, world)
    const secret = await secretFor(row, members)
    const inside = await sendTo(world, row, ask, secret, { to: server.url, headers: member })
    expect([inside.status, inside.text.slice(0, 300)]).toEqual([row.ok, expect.anything()])
    expectSilent(inside)
    const bodies = new Set<string>()
    const wrong = { authorization: `Basic ${Buffer.from('member:wrong').toString('base64')}` }
    for (const headers of [{}, { cookie: 'vitrine_session=forged' }, member, wrong] as Record<string, string>[]) {
      for (const condition of [{}, { 'if-none-match': '*' }] as Record<string, string>[]) {
        const outside = await send(row, ask, secret, { ...headers, ...condition })
        expectFailure(row, outside, 403, 'share-link/members-only')
        bodies.add(withoutRequestId(outside))
      }
      // A part is opened by its address, wherever its link opens.
      if (headers === member || row.secret === 'dl') continue
      const stranger = await sendTo(world, row, ask, secret, { to: server.url, headers })
      expectFailure(row, stranger, 403, 'share-link/members-only')
      bodies.add(withoutRequestId(stranger))
    }
    expect(bodies.size).toBe(1)
  })

  it('is as unknown with a wrong secret as any other, on both listeners', async () => {
    const { server, members, member } = world
    const ask = await row.ask(members, world)
    const [, , ...secrets] = wrongSecrets(await secretFor(row, members))
    for (const secret of secrets.slice(0, 6)) {
      expectFailure(row, await send(row, ask, secret), 404, row.wrongCode ?? 'share-link/not-found')
      const inside = await sendTo(world, row, ask, secret, { to: server.url, headers: member })
      expectFailure(row, inside, 404, row.wrongCode ?? 'share-link/not-found')
    }
  })
})

describe.each(withItems)('%s, about an item', (_name, row) => {
  it('knows none but those that the link shows', async () => {
    const { right, other, outside } = world
    const garbage = [
      'A'.repeat(22),
      '',
      'x',
      right.targets[0]?.id ?? '',
      right.picture.id.slice(0, -1),
      `${right.text.id}A`,
    ]
    const strangers = [...outside, other.picture.id, other.text.id, other.folder.id, ...garbage]
    const bodies = new Set<string>()
    for (const item of strangers) {
      const ask = row.askForItem?.(right, item)
      if (ask === undefined || (item === '' && row.url.includes(':id'))) continue
      const answer = await send(row, ask, right.token)
      if (item === '' && row.url === '/linkshare.html/items') expect(answer.status).toBe(404)
      expectFailure(row, answer, 404, 'item/not-found')
      bodies.add(withoutRequestId(answer))
    }
    expect(bodies.size).toBe(1)
  })

  it('does not take the token of another link for an item of this one', async () => {
    const ask = await row.ask(world.right, world)
    expectFailure(row, await send(row, ask, world.other.token), 404, 'item/not-found')
  })
})

describe('what a request carries beside its address', () => {
  it('is refused when it is too large, and the server goes on', async () => {
    const huge = await rawRequest(world.server.publicUrl, 'GET', world.right.at('/items'), {
      headers: { cookie: `x=${'y'.repeat(100_000)}` },
    })
    expect([0, 431]).toContain(huge.status)
    const large = await rawRequest(world.server.publicUrl, 'GET', world.right.at('/items'), {
      headers: { cookie: `x=${'y'.repeat(8000)}` },
    })
    expect(large.status).toBe(200)
  })

  it('is refused when it is no HTTP', async () => {
    for (const [method, target] of [
      ['GET /linkshare.html HTTP/1.1\r\nX: y\r\n\r\nGET', '/'],
      ['G\u0000T', '/linkshare.html'],
      ['GET', '/link share.html'],
      ['GET', `/linkshare.html\u0000${world.right.at('')}`],
    ] as const) {
      const answer = await rawRequest(world.server.publicUrl, method, target)
      expect([method, answer.status]).toEqual([method, expect.toSatisfy((status) => status === 400 || status === 404)])
    }
  })

  it('cannot smuggle a second request', async () => {
    const answer = await rawRequest(world.server.publicUrl, 'POST', world.right.at('/opens'), {
      headers: { 'content-length': '5', 'transfer-encoding': 'chunked', 'content-type': 'application/json' },
      body: '0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n',
    })
    expect(answer.status).toBe(400)
    expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('does not change what a link is answered with: neither its host nor what a proxy might say', async () => {
    const plain = await rawRequest(world.server.publicUrl, 'GET', world.right.at('/items'))
    const lying = await rawRequest(world.server.publicUrl, 'GET', world.right.at('/items'), {
      headers: {
        host: 'evil.example',
        'x-forwarded-for': '192.0.2.1',
        'x-original-url': '/metrics',
        'x-http-method-override': 'DELETE',
      },
    })
    expect([lying.status, lying.body]).toEqual([200, plain.body])
  })
})

describe('guessing', () => {
  it('is slowed for the network that does it, while right tokens work as before', async () => {
    const { server, right } = world
    const ask = right.at('/items')
    const wrong = ask.replace('sh=', 'sh=x')
    const statuses: number[] = []
    for (let miss = 0; miss < 70; miss++) statuses.push((await server.public.get(wrong)).status)
    expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 404))
    expect(statuses.at(-1)).toBe(429)
    const refused = await server.public.get(wrong)
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.toSatisfy((s) => s >= 1)])
    expect((await server.public.get(wrong.replace('/items', ''))).status).toBe(429)
    const original = right.at(`/items/${right.text.id}/original`)
    const parallel = Array.from({ length: 16 }, (_, at) => server.public.get(original, { range: `bytes=${at}-${at}` }))
    expect((await Promise.all(parallel)).map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 206))
    expect((await server.public.get(ask)).status).toBe(200)
  })
})

describe('the links that will die', () => {
  it.each(guarded)('%s works while they live', async (_name, row) => {
    for (const { link } of world.dead) {
      expect((await send(row, await row.ask(link, world), await secretFor(row, link))).status).toBe(row.ok)
    }
  })

  it('die', async () => {
    await killLinks(world)
  })

  it.each(guarded)('%s is over then, for each with its reason, and never "not modified"', async (_name, row) => {
    for (const { code, link } of world.dead) {
      const ask = await row.ask(link, world)
      const secret = await secretFor(row, link)
      for (const headers of [{}, { 'if-none-match': '*' }, { range: 'bytes=0-0' }] as Record<string, string>[]) {
        const answer = await send(row, ask, secret, headers)
        if (code === 'share-link/expired' && row.afterExpiry !== undefined) {
          expect([row.afterExpiry, 206, 304]).toContain(answer.status)
        } else expectFailure(row, answer, 410, code)
      }
    }
  })
})
