import { argon2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashPassword, needsRehash, verifyPassword } from './hash-password.ts'
import { appPasswordPattern, newAppPassword, newPassword, newSessionToken } from './random-secrets.ts'

describe('a hashed password', () => {
  it('is argon2id at the cost that OWASP asks for, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('secret'), hashPassword('secret')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
    expect(needsRehash(one)).toBe(false)
  })

  it('is right for its password alone, however its letters are composed', async () => {
    const stored = await hashPassword('Zoë')
    expect(await verifyPassword('Zoe\u0308', stored)).toBe(true)
    expect(await verifyPassword('Zoe', stored)).toBe(false)
    expect(await verifyPassword('', stored)).toBe(false)
  })

  it('is never right where there is none', async () => {
    expect(await verifyPassword('', null)).toBe(false)
    expect(await verifyPassword('anything', null)).toBe(false)
  })

  it('of another cost is still right, and is to be hashed again', async () => {
    const stored = phc({ memory: 1024, passes: 1, parallelism: 2 }, 'secret')
    expect(await verifyPassword('secret', stored)).toBe(true)
    expect(await verifyPassword('Secret', stored)).toBe(false)
    expect(needsRehash(stored)).toBe(true)
  })

  it.each([
    ['empty', ''],
    ['plain text', 'secret'],
    ['argon2i', phc({ memory: 1024, passes: 1, parallelism: 1 }, 'secret').replace('argon2id', 'argon2i')],
    ['more memory than there is', '$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2g'],
    ['no salt', '$argon2id$v=19$m=1024,t=2,p=1$$aGFzaGhhc2hoYXNoaGFzaGhhc2g'],
  ])('that cannot be read (%s) is never right', async (_what, stored) => {
    expect(await verifyPassword('secret', stored)).toBe(false)
  })
})

it('random secrets have the form that people and scanners know, and differ', () => {
  expect(newAppPassword().reveal()).toMatch(appPasswordPattern)
  expect(newSessionToken().reveal()).toMatch(/^[\w-]{43}$/)
  expect(newPassword().reveal()).toMatch(/^(?:[a-z2-9]{5}-){3}[a-z2-9]{5}$/)
  const many = Array.from({ length: 1000 }, () => newAppPassword().reveal())
  expect(new Set(many).size).toBe(1000)
})

/** As another program would have stored it. */
function phc(cost: { memory: number; passes: number; parallelism: number }, password: string): string {
  const nonce = Buffer.from('0123456789abcdef')
  const hash = argon2Sync('argon2id', { message: Buffer.from(password), nonce, tagLength: 32, ...cost })
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(hash)}`
}
