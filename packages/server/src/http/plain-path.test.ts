import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainPath } from './plain-path.ts'

describe('a plain path', () => {
  it('is the path of the request target, without its query', () => {
    expect(plainPath('/linkshare.html?sh=a/../b')).toBe('/linkshare.html')
    expect(plainPath('/linkshare.html/items/AbC-_9/renditions/web.1280')).toBe(
      '/linkshare.html/items/AbC-_9/renditions/web.1280',
    )
    expect(plainPath('/linkshare.html/downloads/x/parts/1/Entw%C3%BCrfe%20(2).zip')).toBe(
      '/linkshare.html/downloads/x/parts/1/Entw%C3%BCrfe%20(2).zip',
    )
    expect(plainPath('/linkshare.html/100%25%20wool.zip')).toBe('/linkshare.html/100%25%20wool.zip')
    expect(plainPath('http://dam.example/linkshare.html')).toBe('/linkshare.html')
  })

  it.each([
    '/linkshare.html/../api/v1/nodes',
    '/linkshare.html/./items',
    '/linkshare.html/.../items',
    '/linkshare.html/%2e%2e/api',
    '/linkshare.html/.%2E/api',
    '/linkshare.html/..%2fapi',
    '/linkshare.html%2fitems',
    '/linkshare.html/..%5capi',
    '/linkshare.html\\..\\api',
    '/linkshare.html//items',
    '//linkshare.html',
    '/linkshare.html/',
    '/linkshare.html;/../api',
    '/linkshare.html;v=1',
    '/linkshare.html%3b/items%00',
    '/linkshare.html/items/%00',
    '/linkshare.html/items/%0d%0aX: y',
    '/linkshare.html/items/%c0%ae%c0%ae/api',
    '/linkshare.html/items/%ff',
    '/linkshare.html/items/%E0%80%AF',
    '/linkshare.html/items/%252e%252e',
    '/%6cinkshare.html',
    '/linkshare.html/items/%zz',
    '/linkshare.html/items/%',
    'linkshare.html',
    '*',
    '',
    'http:///linkshare.html',
    'http://a?b/linkshare.html',
    'http://a@b/linkshare.html',
    'http://a/../linkshare.html',
    'ftp://a/linkshare.html',
    'http://a',
  ])('is not what two programs could read in two ways: %s', (target) => {
    expect(plainPath(target)).toBeUndefined()
  })

  it('is what a URL parser makes of it, letter by letter', () => {
    const segment = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'ab.~%2e/;\\?#: -_é') }),
      fc.string().map(encodeURIComponent),
    )
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const target = `/${segments.join('/')}`
        const path = plainPath(target)
        if (path !== undefined) expect(new URL(target, 'http://dam.example').pathname).toBe(path)
      }),
    )
  })
})
