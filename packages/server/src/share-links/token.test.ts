import { createHmac } from 'node:crypto'
import type { NodeId, ShareLinkId } from '@vitrine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Keys } from '../keys.ts'
import { publicIdsOf } from './public-ids.ts'
import { claimOf, tokenOf, tokenOpens } from './token.ts'

const keysOf = (...secrets: string[]): Keys => {
  const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest()
  return {
    sign: (text) => hmac(secrets[0] ?? '', text),
    signatures: (text) => secrets.map((secret) => hmac(secret, text)),
  }
}
const keys = keysOf('new', 'old')
const aShareLink = fc.record({
  id: fc.uuid().map((id) => id as ShareLinkId),
  generation: fc.integer({ min: 1, max: 9 }),
})

describe('a token', () => {
  it('is the uuid with underscores, a dot, and the HMAC-SHA256 of uuid and generation', () => {
    const shareLink = { id: '0191f2a0-1111-7222-8333-444455556666' as ShareLinkId, generation: 3 }
    const mac = createHmac('sha256', 'new').update(`vitrine/share-link/v1|${shareLink.id}|3`).digest('base64url')
    expect(tokenOf(keys, shareLink)).toBe(`0191f2a0_1111_7222_8333_444455556666.${mac}`)
  })

  it('opens its own link, by the newest key and by older ones', () => {
    fc.assert(
      fc.property(aShareLink, (shareLink) => {
        for (const secret of ['new', 'old']) {
          const claimed = claimOf(tokenOf(keysOf(secret), shareLink))
          expect(claimed.shareLink).toBe(shareLink.id)
          expect(tokenOpens(keys, claimed, shareLink)).toBe(true)
        }
        expect(tokenOpens(keys, claimOf(tokenOf(keysOf('foreign'), shareLink)), shareLink)).toBe(false)
      }),
    )
  })

  it('opens no other link, and none of another generation', () => {
    fc.assert(
      fc.property(aShareLink, aShareLink, (one, other) => {
        const isSame = one.id === other.id && one.generation === other.generation
        expect(tokenOpens(keys, claimOf(tokenOf(keys, one)), other)).toBe(isSame)
      }),
    )
  })

  it('opens nothing once a character of it is another one, missing or more', () => {
    fc.assert(
      fc.property(aShareLink, fc.nat(), fc.string({ maxLength: 2 }), (shareLink, place, text) => {
        const token = tokenOf(keys, shareLink)
        const at = place % token.length
        const spoilt = token.slice(0, at) + text + token.slice(at + 1)
        expect(tokenOpens(keys, claimOf(spoilt), shareLink)).toBe(spoilt === token)
      }),
    )
  })

  it('claims no link when it is something else', () => {
    fc.assert(
      fc.property(fc.anything(), (sh) => {
        expect(claimOf(sh).shareLink).toBe('00000000-0000-0000-0000-000000000000')
      }),
    )
  })
})

describe('a public id', () => {
  const aNode = fc.uuid().map((id) => id as NodeId)
  const aLink = fc.uuid().map((id) => id as ShareLinkId)

  it('is 22 characters, and means its node to the link that made it, by the newest key and by older ones', () => {
    fc.assert(
      fc.property(aLink, aNode, (shareLink, node) => {
        const id = publicIdsOf(keys, shareLink).of(node)
        expect(id).toMatch(/^[\w-]{22}$/)
        expect(publicIdsOf(keys, shareLink).nodesOf(id)[0]).toBe(node)
        const older = publicIdsOf(keysOf('old'), shareLink).of(node)
        expect(publicIdsOf(keys, shareLink).nodesOf(older)).toContain(node)
      }),
    )
  })

  it('means another node to every other link', () => {
    fc.assert(
      fc.property(aLink, aLink, aNode, (one, other, node) => {
        fc.pre(one !== other)
        expect(publicIdsOf(keys, other).nodesOf(publicIdsOf(keys, one).of(node))).not.toContain(node)
      }),
    )
  })

  it('has one form: no other text means the same node', () => {
    fc.assert(
      fc.property(aLink, aNode, fc.nat(), fc.string({ maxLength: 2 }), (shareLink, node, place, text) => {
        const ids = publicIdsOf(keys, shareLink)
        const id = ids.of(node)
        const at = place % id.length
        const spoilt = id.slice(0, at) + text + id.slice(at + 1)
        if (spoilt !== id) expect(ids.nodesOf(spoilt)).not.toContain(node)
      }),
    )
  })

  it('is no id when it is any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^[\w-]{22}$/.test(text)) expect(publicIdsOf(keys, 'x' as ShareLinkId).nodesOf(text)).toEqual([])
      }),
    )
  })
})
