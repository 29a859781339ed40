import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, pagesFolder } from '../build.ts'

const read = (file: string) => readFileSync(join(pagesFolder, file), 'utf8')
const weigh = (files: string[]) =>
  files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(pagesFolder, file))).length, 0)

/** Everything that a page loads before it shows anything: what its HTML names, what that imports, and the words. */
function firstPaint(page: string): { scripts: string[]; styles: string[] } {
  const named = [...read(page).matchAll(/\/linkshare\.html\/assets\/([^"]+)/g)].map(([, file]) => file ?? '')
  const words = readdirSync(pagesFolder).filter((file) => /^en-.*\.js$/.test(file))
  const scripts = new Set<string>()
  const add = (file: string) => {
    if (scripts.has(file)) return
    scripts.add(file)
    for (const [, imported] of read(file).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(imported ?? '')
  }
  for (const file of [...named, ...words]) if (file.endsWith('.js')) add(file)
  return { scripts: [...scripts], styles: named.filter((file) => file.endsWith('.css')) }
}

describe("the recipient's pages", () => {
  beforeAll(() => ensureBuilt())

  it.each(['linkshare.html', 'linksharepreview.html'])(
    'show %s after at most 125 kB of scripts and 10 kB of styles',
    (page) => {
      const { scripts, styles } = firstPaint(page)
      expect(scripts.length).toBeGreaterThan(3)
      expect(styles.length).toBeGreaterThan(0)
      // Compressed by brotli, in bytes.
      expect(weigh(scripts)).toBeLessThanOrEqual(125_000)
      expect(weigh(styles)).toBeLessThanOrEqual(10_000)
    },
  )

  it('tell that a link is dead with next to nothing', () => {
    const { scripts, styles } = firstPaint('linkexpired.html')
    expect(weigh([...scripts, ...styles])).toBeLessThanOrEqual(10_000)
    expect(read('linkexpired.html')).toContain('content="__REASON__"')
  })

  it('name no foreign origin that a browser would ask', () => {
    const foreign = readdirSync(pagesFolder)
      .filter((file) => /\.(html|js|css)$/.test(file))
      .flatMap((file) => [...read(file).matchAll(/https?:\/\/[\w.-]+/g)].map(([origin]) => origin))
    // Names of XML, addresses in error texts and of licences: nothing is loaded from them.
    const harmless =
      /^https?:\/\/(www\.w3\.org|react\.dev|react-spectrum\.adobe\.com|formatjs\.(io|github\.io)|github\.com|bugs\.\w+\.org)$/
    expect([...new Set(foreign)].filter((origin) => !harmless.test(origin))).toEqual([])
    expect(readdirSync(pagesFolder).some((file) => read(file).includes('typekit'))).toBe(false)
  })

  it('have no script or style within their HTML, and no handler', () => {
    for (const page of ['linkshare.html', 'linksharepreview.html', 'linkexpired.html']) {
      expect(read(page)).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/)
    }
  })

  it('load nothing from outside their own door', () => {
    for (const page of ['linkshare.html', 'linksharepreview.html', 'linkexpired.html']) {
      const addresses = [...read(page).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
      expect(addresses.every((address) => address?.startsWith('/linkshare.html/assets/'))).toBe(true)
    }
  })
})
