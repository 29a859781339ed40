import ipaddr from 'ipaddr.js'

/** How much of an IPv6 address names the network: a subscriber gets at least a /64, and can use every address of it. */
const networkBytes = 8

/**
 * The network that an address belongs to, for counting: an IPv4 address itself, or the /64 of an IPv6 address.
 *
 * An IPv4 address written as IPv6 is the same network as the plain one. What is no address is a network of its own name.
 */
export function networkOf(address: string): string {
  const withoutZone = address.split('%', 1)[0] ?? ''
  if (!ipaddr.isValid(withoutZone)) return 'unknown'
  const parsed = ipaddr.process(withoutZone)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${Buffer.from(parsed.toByteArray().slice(0, networkBytes)).toString('hex')}/64`
}
