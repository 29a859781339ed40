import type { ShareLinkId, VitrineError } from '@vitrine/domain'
import { aServer, type TestServer, expectStatus } from '@vitrine/testkit'
import { aFolder, aShareLink, theRoot, type SharedLink } from '@vitrine/testkit/share-link-words'
import { sql, type KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { reopenShareLink, resolveShareLink } from './resolve-share-link.ts'
import { tokenOf } from './token.ts'

let server: TestServer
let shareLink: SharedLink
beforeAll(async () => {
  server = await aServer()
  const admin = server.as('admin')
  shareLink = await aShareLink(admin, [await aFolder(admin, await theRoot(admin), 'Campaign')])
})
afterAll(() => server.stop())

const noMember = async () => undefined

/** Parts that write down every query and every signature, in order. */
function watchedParts() {
  const work: string[] = []
  const queries: KyselyPlugin = {
    transformQuery: ({ node }) => {
      work.push(`query ${node.kind}`)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const { db, keys, clock } = server.parts
  const signatures = (text: string) => {
    work.push(`signatures of ${text.length} characters`)
    return keys.signatures(text)
  }
  return { work, parts: { db: db.withPlugin(queries), keys: { sign: keys.sign, signatures }, clock } }
}

async function workFor(sh: unknown, { work, parts } = watchedParts()) {
  const before = work.length
  const error = await resolveShareLink(parts, sh, noMember).then(
    () => 'none',
    (thrown: VitrineError) => `${thrown.code}: ${thrown.message} ${JSON.stringify(thrown.facts)}`,
  )
  return { work: work.slice(before), error }
}

describe('resolving a token', () => {
  it('does the same work and throws the same error, whatever is wrong with it', async () => {
    const { token, id } = shareLink
    const unknown = tokenOf(server.parts.keys, {
      id: '0191f2a0-1111-7222-8333-444455556666' as ShareLinkId,
      generation: 1,
    })
    const older = tokenOf(server.parts.keys, { id: id as ShareLinkId, generation: 2 })
    const wrong = [
      undefined,
      '',
      'x',
      ['a', token],
      {},
      token.slice(0, -1),
      `${token}A`,
      token.replace(/.$/, '_'),
      unknown,
      older,
    ]
    const outcomes = await Promise.all(wrong.map((sh) => workFor(sh)))
    expect(outcomes[0]?.work.length).toBeGreaterThan(1)
    expect(outcomes[0]?.error).toContain('share-link/not-found')
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  })

  it('opens a link with the epoch of its view, and asks for its rights once while that stands still', async () => {
    const first = await resolveShareLink(server.parts, shareLink.token, noMember)
    const watched = watchedParts()
    const whole = await workFor(shareLink.token, watched)
    expect(whole.error).toBe('none')
    // The row, the signature, and the key of its public ids.
    const again = async () => expect((await workFor(shareLink.token, watched)).work).toHaveLength(3)
    await vi.waitFor(again, { timeout: 10_000 })
    await sql`update access_epoch set epoch = epoch + 1`.execute(server.parts.db)
    expect((await workFor(shareLink.token, watched)).work).toEqual(whole.work)
    expect((await resolveShareLink(server.parts, shareLink.token, noMember)).epoch).toBe(first.epoch + 1)
  })

  it('is possible without its token for what was given out earlier, also after its expiry', async () => {
    const id = shareLink.id as ShareLinkId
    const given = (generation: number) => ({ shareLink: id, generation, member: undefined })
    const expiresAt = new Date(server.now() + 1000).toISOString()
    expectStatus(await server.as('admin').patch(`/api/v1/share-links/${id}`, { expiresAt }), 200)
    server.wait(2000)
    await expect(resolveShareLink(server.parts, shareLink.token, noMember)).rejects.toMatchObject({
      code: 'share-link/expired',
    })
    expect((await reopenShareLink(server.parts, given(1))).shareLink.id).toBe(id)
    await expect(reopenShareLink(server.parts, given(2))).rejects.toMatchObject({ code: 'share-link/not-found' })
    expectStatus(await server.as('admin').post(`/api/v1/share-links/${id}/revoke`), 200)
    await expect(reopenShareLink(server.parts, given(1))).rejects.toMatchObject({ code: 'share-link/revoked' })
  })
})
