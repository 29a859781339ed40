import { createHmac, randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Secret keys: the newest signs, every one is accepted. Kept outside the database, so that a dump of it forges nothing. */
export interface Keys {
  /** HMAC-SHA256 with the newest key. */
  readonly sign: (text: string) => Buffer
  /** HMAC-SHA256 with every key, the newest first: what is accepted. */
  readonly signatures: (text: string) => Buffer[]
}

const fileName = 'keys.json'

/**
 * Reads the key file of a data folder, and makes it at the first start.
 *
 * The file holds a list of keys, the newest last, each 32 random bytes in base64; mode 0600.
 */
export async function openKeys(dataFolder: string): Promise<Keys> {
  const path = join(dataFolder, fileName)
  const keys = (await readKeys(path)) ?? (await createKeys(path))
  const newestFirst = keys.toReversed()
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  return {
    sign: (text) => hmac(newestFirst[0]!, text),
    signatures: (text) => newestFirst.map((key) => hmac(key, text)),
  }
}

async function readKeys(path: string): Promise<Buffer[] | undefined> {
  try {
    const { keys } = JSON.parse(await readFile(path, 'utf8')) as { keys: string[] }
    if (keys.length === 0) throw new Error(`${path} holds no key`)
    return keys.map((key) => Buffer.from(key, 'base64'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function createKeys(path: string): Promise<Buffer[]> {
  const key = randomBytes(32)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(JSON.stringify({ keys: [key.toString('base64')] }))
    await file.sync()
  } finally {
    await file.close()
  }
  return [key]
}
