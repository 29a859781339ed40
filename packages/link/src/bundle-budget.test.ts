import { builtFiles, foreignOrigins, hasInlineCode, type BuiltFiles } from '@vitrine/page-build/weigh-pages.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, pagesFolder } from '../build.ts'

const base = '/linkshare.html/assets/'
const pages = ['linkshare.html', 'linksharepreview.html', 'linkexpired.html']

describe("the recipient's pages", () => {
  let built: BuiltFiles
  beforeAll(async () => {
    await ensureBuilt()
    built = builtFiles(pagesFolder, base)
  })

  it.each(['linkshare.html', 'linksharepreview.html'])(
    'show %s after at most 125 kB of scripts and 10 kB of styles',
    (page) => {
      const { scripts, styles } = built.firstPaint(page)
      expect(scripts.length).toBeGreaterThan(3)
      expect(styles.length).toBeGreaterThan(0)
      // Over HTTP/1.1 a browser asks for six at a time, and each six wait for a round trip.
      expect(scripts.length + styles.length).toBeLessThanOrEqual(12)
      // Compressed by brotli, in bytes.
      expect(built.weigh(scripts)).toBeLessThanOrEqual(125_000)
      expect(built.weigh(styles)).toBeLessThanOrEqual(10_000)
    },
  )

  it('tell that a link is dead with next to nothing', () => {
    const { scripts, styles } = built.firstPaint('linkexpired.html')
    expect(built.weigh([...scripts, ...styles])).toBeLessThanOrEqual(10_000)
    expect(built.read('linkexpired.html')).toContain('content="__REASON__"')
  })

  it('name no foreign origin that a browser would ask', () => {
    expect(foreignOrigins(built)).toEqual([])
    expect(built.names.some((name) => built.read(name).includes('typekit'))).toBe(false)
  })

  it('have no script or style within their HTML, and no handler', () => {
    for (const page of pages) expect([page, hasInlineCode(built.read(page))]).toEqual([page, false])
  })

  it('load nothing from outside their own door', () => {
    for (const page of pages) {
      const addresses = [...built.read(page).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
      expect(addresses.every((address) => address?.startsWith(base))).toBe(true)
    }
  })
})
