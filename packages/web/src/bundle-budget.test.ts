import { builtFiles, foreignOrigins, hasInlineCode, type BuiltFiles } from '@vitrine/page-build/weigh-pages.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, pagesFolder } from '../build.ts'

describe('the application', () => {
  let built: BuiltFiles
  beforeAll(async () => {
    await ensureBuilt()
    built = builtFiles(pagesFolder, '/app/')
  })

  // Compressed by brotli, in bytes.
  it.each([
    ['the sign-in page', ['SignInPage-'], 180_000, 20_000, 30],
    ['a folder', ['FilesPage-'], 190_000, 20_000, 15],
    ['an asset', ['AssetPage-'], 190_000, 20_000, 15],
  ])('shows %s after so many scripts and styles', (_what, later, mostScripts, mostStyles, mostFiles) => {
    const { scripts, styles } = built.firstPaint('index.html', later)
    expect(scripts.length).toBeGreaterThan(3)
    expect(styles.length).toBeGreaterThan(0)
    // Over HTTP/1.1 a browser asks for six at a time, and each six wait for a round trip.
    expect(scripts.length + styles.length).toBeLessThanOrEqual(mostFiles)
    expect(built.weigh(scripts)).toBeLessThanOrEqual(mostScripts)
    expect(built.weigh(styles)).toBeLessThanOrEqual(mostStyles)
  })

  it('shows a folder without the dialog that shares it, and without its calendar', () => {
    const { scripts } = built.firstPaint('index.html', ['FilesPage-'])
    for (const late of ['LinkSharingDialog-', 'ExpiryField-', 'SharedLinksPage-']) {
      expect([late, built.names.some((name) => name.startsWith(late))]).toEqual([late, true])
      expect([late, scripts.some((name) => name.startsWith(late))]).toEqual([late, false])
    }
    expect(scripts.map((name) => built.read(name)).join()).not.toContain('julian')
  })

  it('carries no validator and no parser of messages', () => {
    const { scripts } = built.firstPaint('index.html', ['FilesPage-'])
    const text = scripts.map((name) => built.read(name)).join()
    expect(text).not.toContain('ZodError')
    expect(text).not.toContain('EXPECT_ARGUMENT_CLOSING_BRACE')
  })

  it('names no foreign origin that a browser would ask', () => {
    expect(foreignOrigins(built)).toEqual([])
    expect(built.names.some((name) => built.read(name).includes('typekit'))).toBe(false)
  })

  it('has no script or style within its HTML, and loads nothing from elsewhere', () => {
    const html = built.read('index.html')
    expect(hasInlineCode(html)).toBe(false)
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(addresses.every((address) => address?.startsWith('/app/'))).toBe(true)
  })
})
