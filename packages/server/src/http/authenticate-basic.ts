import { isUtf8 } from 'node:buffer'

/** Most characters of encoded credentials. */
const longest = 4096

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * Name and password of HTTP Basic (RFC 7617): the name ends at the first colon, the password may hold more.
 * UTF-8, as we ask for; what is none is taken as Latin-1, which older clients send.
 *
 * @param credentials what stands after `Basic `
 * @returns undefined when it is not Basic
 */
export function readBasic(credentials: string): { readonly name: string; readonly password: string } | undefined {
  if (credentials.length > longest || !base64.test(credentials)) return undefined
  const bytes = Buffer.from(credentials, 'base64')
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
  const colon = text.indexOf(':')
  // PostgreSQL cannot hold NUL, and no name or password has a control character.
  if (colon < 1 || /\p{Cc}/u.test(text)) return undefined
  return { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
