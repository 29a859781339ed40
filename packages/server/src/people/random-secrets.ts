import { createHash, randomBytes, randomInt } from 'node:crypto'
import { Secret } from '../secret.ts'

/** RFC 4648, section 6, in lower case. */
const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** No letters that are taken for each other when read out. */
const legible = 'abcdefghjkmnpqrstuvwxyz23456789'

/** What every app password looks like, so that one that was published by mistake can be found. */
export const appPasswordPattern = /^vtr_[a-z2-7]{32}$/

/** A new app password: `vtr_` and 160 random bits. */
export function newAppPassword(): Secret {
  const letters = Array.from(randomBytes(32), (byte) => base32[byte & 31])
  return new Secret(`vtr_${letters.join('')}`)
}

/** A new cookie value of a session: 256 random bits. */
export function newSessionToken(): Secret {
  return new Secret(randomBytes(32).toString('base64url'))
}

/** A new password for a person to type: some 99 random bits, in groups that can be read out. */
export function newPassword(): Secret {
  return new Secret(Array.from({ length: 4 }, fiveLetters).join('-'))
}

function fiveLetters(): string {
  return Array.from({ length: 5 }, () => legible[randomInt(legible.length)]).join('')
}

/** How a secret of enough random bits is kept. Not for passwords that people choose. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}
