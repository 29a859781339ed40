import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkOf } from './networks.ts'

describe('the network of an address', () => {
  it('is the same for every address of a /64, and another one for any other', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
    const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'))
    fc.assert(
      fc.property(half, half, half, half, (network, host, otherNetwork, otherHost) => {
        // ::ffff:0:0/96 is IPv4 in another form.
        fc.pre(!/^0:0:0:0$/.test(network) && !/^0:0:0:0$/.test(otherNetwork))
        expect(networkOf(`${network}:${host}`)).toBe(networkOf(`${network}:${otherHost}`))
        expect(networkOf(`${network}:${host}`) === networkOf(`${otherNetwork}:${host}`)).toBe(network === otherNetwork)
      }),
    )
  })

  it('is the IPv4 address itself, however it is written', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(networkOf('::ffff:c000:207')).toBe('192.0.2.7')
    expect(networkOf('192.0.2.8')).not.toBe(networkOf('192.0.2.7'))
  })

  it('does not hang on the zone of a link-local address', () => {
    expect(networkOf('fe80::1%eth0')).toBe(networkOf('fe80::2%eth1'))
  })

  it('is one and the same for whatever is no address', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(networkOf(`no ${text}`)).toBe('unknown')
      }),
    )
  })
})
