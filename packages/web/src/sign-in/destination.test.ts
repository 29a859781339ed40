import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { destinationOf } from './destination.ts'

const origin = 'https://dam.example'

describe('where one goes after signing in', () => {
  it('is where one wanted to go', () => {
    expect(destinationOf('/files/01900000?sort=-size#x', origin)).toBe('/files/01900000?sort=-size#x')
  })

  it('may be a link for members', () => {
    expect(destinationOf('/linkshare.html?sh=0_1.abc&folder=x', origin)).toBe('/linkshare.html?sh=0_1.abc&folder=x')
  })

  it.each([
    '/api/v1/me',
    '/linkshare.html/items?sh=x',
    '/filesystem',
    '/app/index.js',
    '/.//evil.example/files',
    'https://evil.example/',
    '//evil.example/files',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    'files',
    '',
    '/sign-in?to=/files',
    '/choose-password',
    undefined,
    7,
    ['/files'],
  ])('is the start page for %j', (wanted) => {
    expect(destinationOf(wanted, origin)).toBe('/')
  })

  it('never is at another origin, whatever is asked for', () => {
    const anAddress = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.tuple(fc.constantFrom('/', '//', '/\\', '\\', '/\t/', '/.//'), fc.string()).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anAddress, (wanted) => {
        const went = destinationOf(wanted, origin)
        expect(went).toMatch(/^\/(?![/\\])/)
        expect(new URL(went, origin).origin).toBe(origin)
      }),
    )
  })
})
