import { networkInterfaces } from 'node:os'

/** The IPv4 addresses at which other machines may find this one, private networks first. */
export function ownAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal && !address.address.startsWith('169.254.'))
    .map((address) => address.address)
  return addresses.toSorted((a, b) => Number(isPrivate(b)) - Number(isPrivate(a)))
}

/**
 * One line that says who can open a link, and that nothing hides it on the way.
 *
 * @param host what the public listener is bound to
 */
export function reachText(host: string, url: string): string {
  const plain = url.startsWith('http:') ? ' The connection is http: it is not encrypted.' : ''
  if (host === '127.0.0.1' || host === '::1' || host === 'localhost')
    return `Only this machine can open the link.${plain}`
  return `Everyone who can reach this machine at ${new URL(url).host} can open the link.${plain}`
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)
}
