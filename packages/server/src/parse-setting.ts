/** A value that a variable cannot have. The message says what was expected. */
export class WrongSetting extends Error {}

/** Turns the text of a variable into its value, or throws {@link WrongSetting}. */
export type Parser<Value> = (text: string) => Value

const durationUnits = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `90s`, `15m`, `24h`, `7d`, or `0`: in ms. */
export const duration: Parser<number> = (text) => {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  if (text === '0') return 0
  if (digits === undefined) throw new WrongSetting('a time such as 90s, 15m, 24h or 7d')
  return Math.round(Number(digits) * durationUnits[unit as keyof typeof durationUnits])
}

const sizeUnits = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}

/** `100GB` (10^9), `500MiB` (2^20) or bytes: in bytes, at least 1. */
export const size: Parser<number> = (text) => {
  const [, digits, unit = 'B'] = /^(\d+(?:\.\d+)?) ?([kKMGT]i?B|B)?$/.exec(text) ?? []
  const factor = sizeUnits[unit as keyof typeof sizeUnits]
  const bytes = Math.round(Number(digits) * factor)
  if (Number.isSafeInteger(bytes) && bytes >= 1) return bytes
  throw new WrongSetting('a size such as 100GB, 500MiB or 1000000')
}

/** A whole number from `least` to `most`. */
export function integer(least: number, most: number): Parser<number> {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new WrongSetting(`a whole number from ${least} to ${most}`)
  }
}

/** A port; 0 means any that is free. */
export const port = integer(0, 65_535)

/** `true` or `false` (also `1`, `0`, `yes`, `no`). */
export const yesOrNo: Parser<boolean> = (text) => {
  if (['true', '1', 'yes'].includes(text.toLowerCase())) return true
  if (['false', '0', 'no'].includes(text.toLowerCase())) return false
  throw new WrongSetting('true or false')
}

/** An address with `http` or `https` and no query, without a slash at its end. */
export const webAddress: Parser<string> = (text) => {
  const url = URL.parse(text)
  const good = url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
  if (!good) throw new WrongSetting('an address such as https://share.example.com')
  return url.href.replace(/\/+$/, '')
}

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found === undefined) throw new WrongSetting(`one of ${words.join(', ')}`)
    return found
  }
}

/** Any text. */
export const anyText: Parser<string> = (text) => text

/** `postgresql://…` */
export const databaseAddress: Parser<string> = (text) => {
  if (/^postgres(ql)?:\/\//.test(text)) return text
  throw new WrongSetting('an address such as postgresql://user:password@host/database')
}

/** Which proxies in front are believed about the client's address: none, all, or those of these addresses. */
export const trustedProxies: Parser<boolean | string[]> = (text) => {
  if (text === 'true' || text === 'false') return text === 'true'
  const addresses = text.split(',').map((address) => address.trim())
  const known = /^(loopback|linklocal|uniquelocal|[\da-fA-F]*[.:][\da-fA-F.:]*(\/\d{1,3})?)$/
  if (addresses.every((address) => known.test(address))) return addresses
  throw new WrongSetting('true, false, or addresses such as 10.0.0.1,192.168.0.0/16')
}
