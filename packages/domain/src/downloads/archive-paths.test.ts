import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArchivePaths, type ArchiveLayout } from './archive-paths.ts'
import { archiveName, partName } from './download-name.ts'
import { entrySegment, renditionSegment } from './entry-name.ts'
import { foldedName, SiblingNames } from './sibling-names.ts'

const bytes = (text: string) => Buffer.byteLength(text)

/** Names that people and attackers give, and everything else. */
const aName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    'CON',
    'con.txt',
    'NUL .jpg',
    'a',
    'A',
    'a.jpg',
    'A.JPG',
    'a (2).jpg',
    '..',
    '.',
    '',
    ' ',
    'x. . ',
    '/etc/passwd',
    '..\\..\\x',
  ),
  fc.constantFrom(
    'é.png',
    'e\u0301.png',
    'Straße',
    'STRASSE',
    '\u202Egpj.exe',
    `${'ü'.repeat(200)}.tiff`,
    `CON${' '.repeat(300)}x`,
    'ſ',
    'K',
    'k',
  ),
)

// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const mayNotBeIn = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const deviceOfWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i

function expectClean(segment: string): void {
  expect(segment).not.toMatch(mayNotBeIn)
  expect(segment).not.toMatch(deviceOfWindows)
  expect(segment).not.toMatch(/[. ]$/)
  expect(bytes(segment)).toBeGreaterThan(0)
  expect(bytes(segment)).toBeLessThanOrEqual(255)
  expect(segment.isWellFormed()).toBe(true)
}

describe('a segment of a path in an archive', () => {
  it('can be unpacked by every system, and stays as it is once it is clean', () => {
    fc.assert(
      fc.property(aName, fc.constantFrom('file' as const, 'folder' as const), (name, kind) => {
        const segment = entrySegment(name, kind)
        expectClean(segment)
        expect(entrySegment(segment, kind)).toBe(segment)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['Poster A3 (final).jpg', 'Poster A3 (final).jpg'],
    ['a<b>c:d"e/f\\g|h?i*j', 'a_b_c_d_e_f_g_h_i_j'],
    ['CON', 'CON_'],
    ['con.tar.gz', 'con_.tar.gz'],
    ['COM¹.txt', 'COM¹_.txt'],
    ['LPT0', 'LPT0_'],
    ['CONSOLE', 'CONSOLE'],
    ['photo.', 'photo'],
    ['..', '_'],
    ['', '_'],
    ['\u202Egpj.exe', '_gpj.exe'],
    ['tab\there\u0085', 'tab_here_'],
    ['e\u0301.png', 'é.png'],
    ['\ud800.png', '\ufffd.png'],
  ])('%j becomes %j', (name, segment) => {
    expect(entrySegment(name)).toBe(segment)
  })

  it('keeps the extension of a name that is too long', () => {
    const segment = entrySegment(`${'ü'.repeat(300)}.tiff`)
    expect(segment.endsWith('.tiff')).toBe(true)
    expect(bytes(segment)).toBe(255)
    expect(renditionSegment(segment, 'web.1280', 'jpeg')).toMatch(/ü\.web\.1280\.jpeg$/)
  })
})

describe('the names of one folder of an archive', () => {
  it('are clean, and distinct whatever the case and the form of accents', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(aName, fc.boolean()), { maxLength: 60 }), (wanted) => {
        const names = new SiblingNames()
        const given = wanted.map(([name, isFolder]) => {
          const kind = isFolder ? 'folder' : 'file'
          return names.take(entrySegment(name, kind), kind)
        })
        for (const name of given) expectClean(name)
        for (const form of ['NFC', 'NFD'] as const) {
          const folded = given.map((name) => name.normalize(form).toLowerCase())
          expect(new Set(folded).size).toBe(given.length)
        }
        expect(new Set(given.map(foldedName)).size).toBe(given.length)
      }),
      { numRuns: 500 },
    )
  })

  it('are numbered before the extension, a folder beside a file too', () => {
    const names = new SiblingNames()
    const wanted = ['a.jpg', 'A.JPG', 'a (2).jpg', 'a.jpg', 'x.tar.gz', 'X.tar.gz']
    expect(wanted.map((name) => names.take(name))).toEqual([
      'a.jpg',
      'A (2).JPG',
      'a (2) (2).jpg',
      'a (3).jpg',
      'x.tar.gz',
      'X (2).tar.gz',
    ])
    expect(names.take('v1.2', 'folder')).toBe('v1.2')
    expect(names.take('V1.2', 'folder')).toBe('V1.2 (2)')
    expect(names.take('A.jpg', 'folder')).toBe('A.jpg (4)')
  })

  it('take one step each, however many there are and however many are equal', () => {
    const names = new SiblingNames()
    const given = new Set<string>()
    for (let i = 0; i < 100_000; i++) given.add(names.take(i % 2 === 0 ? 'same.jpg' : `other-${i}.jpg`))
    expect(given.size).toBe(100_000)
    expect(given.has('same (50000).jpg')).toBe(true)
  })
})

const layOut = (layout: ArchiveLayout, tree: (paths: ArchivePaths) => string[]) => tree(new ArchivePaths(layout))
const campaign = (paths: ArchivePaths) => {
  const given: string[] = []
  const asset = (name: string) => {
    paths.beginAsset(name)
    given.push(paths.original(), paths.rendition('web.1280', 'jpeg'))
  }
  paths.enterFolder(0, 'Campaign')
  asset('poster.psd')
  asset('Poster.psd')
  paths.enterFolder(1, 'poster.psd')
  asset('poster.psd')
  paths.enterFolder(1, 'Empty?')
  given.push(paths.folderEntry() ?? '')
  given.push(paths.fileAtRoot('NOT-INCLUDED.txt'))
  return given
}

describe('the paths of an archive', () => {
  it('follow the tree, with renditions beside their originals', () => {
    expect(layOut('tree', campaign)).toEqual([
      'Campaign/poster.psd',
      'Campaign/poster.web.1280.jpeg',
      'Campaign/Poster (2).psd',
      'Campaign/Poster.web.1280 (2).jpeg',
      'Campaign/poster.psd (3)/poster.psd',
      'Campaign/poster.psd (3)/poster.web.1280.jpeg',
      'Campaign/Empty_/',
      'NOT-INCLUDED.txt',
    ])
  })

  it('have a folder for each asset', () => {
    expect(layOut('folder-per-asset', campaign).slice(0, 4)).toEqual([
      'Campaign/poster.psd/poster.psd',
      'Campaign/poster.psd/poster.web.1280.jpeg',
      'Campaign/Poster.psd (2)/Poster.psd',
      'Campaign/Poster.psd (2)/Poster.web.1280.jpeg',
    ])
  })

  it('have no folders when flat', () => {
    expect(layOut('flat', campaign)).toEqual([
      'poster.psd',
      'poster.web.1280.jpeg',
      'Poster (2).psd',
      'Poster.web.1280 (2).jpeg',
      'poster (3).psd',
      'poster.web.1280 (3).jpeg',
      '',
      'NOT-INCLUDED.txt',
    ])
  })

  it('are distinct, whatever the tree', () => {
    const step = fc.record({
      depth: fc.nat({ max: 4 }),
      folder: fc.option(aName),
      files: fc.array(aName, { maxLength: 6 }),
    })
    const layout = fc.constantFrom<ArchiveLayout>('tree', 'folder-per-asset', 'flat')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), layout, (steps, layout) => {
        const paths = new ArchivePaths(layout)
        const given: string[] = []
        let depth = 0
        for (const { depth: wanted, folder, files } of steps) {
          if (folder !== null) {
            paths.enterFolder(Math.min(wanted, depth), folder)
            depth = Math.min(wanted, depth) + 1
            const entry = paths.folderEntry()
            if (entry !== undefined) given.push(entry.slice(0, -1))
          }
          for (const file of files) {
            paths.beginAsset(file)
            given.push(paths.original(), paths.rendition('web.1280', 'jpeg'))
          }
        }
        expect(new Set(given.map(foldedName)).size).toBe(given.length)
        for (const path of given) path.split('/').forEach(expectClean)
      }),
    )
  })
})

describe('the name of a download', () => {
  it('says which part of how many', () => {
    expect(archiveName('Spring: campaign')).toBe('Spring_ campaign.zip')
    expect(partName('Campaign', 1, 1)).toBe('Campaign.zip')
    expect(partName('Campaign', 2, 3)).toBe('Campaign part 2 of 3.zip')
    expect(partName('v1.2', 1, 1)).toBe('v1.2.zip')
  })

  it('is clean and short enough, whatever the title', () => {
    fc.assert(
      fc.property(aName, fc.integer({ min: 1, max: 30 }), (title, count) => {
        const name = partName(title, count, count)
        expectClean(name)
        expect(name.endsWith('.zip')).toBe(true)
      }),
    )
  })
})
