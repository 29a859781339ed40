import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { Gate } from '../gate.ts'

const derive = promisify(argon2)

/** Cost of argon2id (RFC 9106). */
interface Cost {
  /** In KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** The OWASP Password Storage Cheat Sheet's first choice: 19 MiB, two passes. About 90 ms here. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

/** More than any hash of ours: a hash in the database must not be able to take all memory. */
const highestCost: Cost = { memory: 1 << 20, passes: 64, parallelism: 16 }

const saltLength = 16
const hashLength = 32

/** Half of the cores at most are busy with passwords, so that the rest of the server goes on. */
const gate = new Gate(Math.max(1, Math.floor(availableParallelism() / 2)))

/** A password as it is kept: argon2id in PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength)
  const hash = await deriveHash(password, salt, cost, hashLength)
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * Whether a password is the one that was hashed. Takes as long when there is no hash: whether a name is known
 * cannot be told from the time.
 *
 * @param stored from {@link hashPassword}, or null for somebody who has no password or does not exist
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? undefined : parse(stored)
  const { salt, hash, cost: paid } = parsed ?? nobodysPassword
  const derived = await deriveHash(password, salt, paid, hash.length)
  return timingSafeEqual(derived, hash) && parsed !== undefined
}

/** Whether a hash was made at another cost than one made now would be. */
export function needsRehash(stored: string): boolean {
  const paid = parse(stored)?.cost
  return paid?.memory !== cost.memory || paid.passes !== cost.passes || paid.parallelism !== cost.parallelism
}

interface Parsed {
  readonly cost: Cost
  readonly salt: Buffer
  readonly hash: Buffer
}

/** What is compared with when there is nothing to compare with. */
const nobodysPassword: Parsed = { cost, salt: randomBytes(saltLength), hash: randomBytes(hashLength) }

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{11,86})\$([\w+/]{22,86})$/

function parse(stored: string): Parsed | undefined {
  const [, memory, passes, parallelism, salt = '', hash = ''] = phc.exec(stored) ?? []
  const paid = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const affordable = (['memory', 'passes', 'parallelism'] as const).every((name) => paid[name] <= highestCost[name])
  if (!affordable) return undefined
  return { cost: paid, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

function deriveHash(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost, tagLength: number) {
  // The same password, however the keyboard composes its letters.
  const message = Buffer.from(password.normalize('NFC'), 'utf8')
  return gate.run(() => derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength }))
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
