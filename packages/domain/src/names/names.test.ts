import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VitrineError } from '../errors.ts'
import { cleanImportName } from './clean-import-name.ts'
import { FolderNames, freeName } from './free-name.ts'
import { byteLength, longestName, splitExtension } from './name-rules.ts'
import { requireName } from './require-name.ts'
import { deepestPath, requireRelativePath } from './require-relative-path.ts'
import { sortKey } from './sort-key.ts'

const aName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('A.txt', 'a.txt', 'ä', 'a\u0308', '.', '..', '', 'CON', '\u202Ex', 'ﷺ'.repeat(85)),
)
const bytesOfADisk = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  aName.map((name) => new TextEncoder().encode(name)),
)

/** The order of PostgreSQL's collation "C": by bytes. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

describe('a name from a disk', () => {
  it('always comes to a name that may be given', () => {
    fc.assert(
      fc.property(bytesOfADisk, (bytes) => {
        const name = cleanImportName(bytes)
        expect(requireName(name)).toBe(name)
      }),
    )
  })

  it('is cleaned once and for all', () => {
    fc.assert(
      fc.property(bytesOfADisk, (bytes) => {
        const name = cleanImportName(bytes)
        expect(cleanImportName(new TextEncoder().encode(name))).toBe(name)
      }),
    )
  })

  it('stays as it is where it may be given', () => {
    fc.assert(
      fc.property(aName, (text) => {
        const given = attempt(() => requireName(text))
        if (given !== undefined) expect(cleanImportName(new TextEncoder().encode(text))).toBe(given)
      }),
    )
  })

  it('shows what is no UTF-8, and what would mislead', () => {
    expect(cleanImportName(Buffer.from('Gr\xfcn.txt', 'latin1'))).toBe('Gr\uFFFDn.txt')
    expect(cleanImportName(Buffer.from('a\\b\n\0\u0085c'))).toBe('a_b___c')
    expect(cleanImportName(Buffer.from('..'))).toBe('__')
    expect(cleanImportName(Buffer.from('\uFEFFmark'))).toBe('\uFEFFmark')
  })

  it('keeps its extension when it is cut, and is cut between characters', () => {
    expect(cleanImportName(Buffer.from(`${'ä'.repeat(200)}.tar.gz`))).toBe(`${'ä'.repeat(124)}.tar.gz`)
    expect(byteLength(cleanImportName(Buffer.from('😀'.repeat(80))))).toBe(252)
  })
})

describe('a name that somebody gives', () => {
  it('is kept but for its composition, or refused', () => {
    fc.assert(
      fc.property(aName, (text) => {
        const name = attempt(() => requireName(text))
        const mayBe =
          !['', '.', '..'].includes(text) &&
          !/[\p{Cc}/\\]/u.test(text) &&
          text.isWellFormed() &&
          byteLength(text.normalize('NFC')) <= longestName
        expect(name).toBe(mayBe ? text.normalize('NFC') : undefined)
      }),
    )
  })
})

describe('a relative path', () => {
  it('is names that may be given, with a slash between them, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(aName, { minLength: 1, maxLength: 4 }), (texts) => {
        const names = texts.map((text) => attempt(() => requireName(text)))
        const path = attempt(() => requireRelativePath(texts.join('/')))
        const isPath = names.every((name) => name !== undefined)
        if (isPath || !texts.some((text) => text.includes('/'))) expect(path).toEqual(isPath ? names : undefined)
        for (const name of path ?? []) expect(requireName(name)).toBe(name)
      }),
    )
  })

  it('leads neither out of its folder nor too deep', () => {
    for (const text of ['../a', 'a/../b', './a', '/a', 'a/', 'a//b', 'a\\b', '']) {
      expect([text, attempt(() => requireRelativePath(text))]).toEqual([text, undefined])
    }
    const deep = Array.from({ length: deepestPath }, () => 'a').join('/')
    expect(requireRelativePath(deep)).toHaveLength(deepestPath)
    expect(attempt(() => requireRelativePath(`${deep}/a`))).toBeUndefined()
  })
})

describe('a free name', () => {
  it('is free, may be given, and is the wanted one where that is free', () => {
    fc.assert(
      fc.property(fc.array(bytesOfADisk, { maxLength: 30 }), bytesOfADisk, (taken, bytes) => {
        const names = new Set(taken.map(cleanImportName))
        const wanted = cleanImportName(bytes)
        const free = freeName(wanted, (name) => names.has(name))
        expect(names.has(free)).toBe(false)
        expect(requireName(free)).toBe(free)
        if (!names.has(wanted)) expect(free).toBe(wanted)
      }),
    )
  })

  it('is never given twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a.txt', 'a (2).txt', 'a', 'x'.repeat(255), `${'y'.repeat(251)}.txt`)),
        (wanted) => {
          const folder = new FolderNames(['a.txt'])
          const given = wanted.map((name) => folder.take(name))
          expect(new Set([...given, 'a.txt']).size).toBe(given.length + 1)
          expect(given.filter((name) => byteLength(name) > longestName)).toEqual([])
        },
      ),
    )
  })

  it('has its number before the extension, where there is one', () => {
    const taken = new Set(['poster.jpg', 'x.tar.gz', 'v1.2', '.profile', 'poster (2).jpg'])
    const free = (name: string, kind?: 'folder') => freeName(name, (one) => taken.has(one), kind)
    expect(free('poster.jpg')).toBe('poster (3).jpg')
    expect(free('x.tar.gz')).toBe('x (2).tar.gz')
    expect(free('v1.2', 'folder')).toBe('v1.2 (2)')
    expect(free('.profile')).toBe('.profile (2)')
  })

  it('is found in few steps among many equal ones', () => {
    const folder = new FolderNames([])
    for (let i = 0; i < 50_000; i++) folder.take('same.txt')
    expect(folder.take('same.txt')).toBe('same (50001).txt')
  })
})

describe('an extension', () => {
  it('and its stem are the name', () => {
    fc.assert(
      fc.property(aName, (name) => {
        const { stem, extension } = splitExtension(name)
        expect(stem + extension).toBe(name)
        expect(extension === '' || extension.startsWith('.')).toBe(true)
      }),
    )
  })

  it('is not the end of a sentence', () => {
    expect(splitExtension('Hello. This is a poster').extension).toBe('')
  })
})

describe('the order of names', () => {
  it('has numbers by value', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 60n })
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,5}$/), number, number, fc.nat(3), (text, a, b, zeros) => {
        const [one, two] = [sortKey(`${text}${'0'.repeat(zeros)}${a}.jpg`), sortKey(`${text}${b}.jpg`)]
        expect(Math.sign(compareBytes(one, two))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  it('does not care for case or accents', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöüéñ0-9 ._-]{0,20}$/), (name) => {
        expect(sortKey(name.toUpperCase())).toBe(sortKey(name))
        expect(sortKey(name.normalize('NFD'))).toBe(sortKey(name))
      }),
    )
    expect(sortKey('Ärger')).toBe(sortKey('arger'))
  })

  it('puts names as people expect', () => {
    const names = ['1', '2', '10', '2024-1', '2024-12', 'Ä 1', 'a 2', 'A 10', 'b', 'Z', 'zebra']
    expect(names.toReversed().toSorted((a, b) => compareBytes(sortKey(a), sortKey(b)))).toEqual(names)
  })

  it('has keys that fit into an index, whatever the name', () => {
    fc.assert(
      fc.property(bytesOfADisk, (bytes) => {
        expect(byteLength(sortKey(cleanImportName(bytes)))).toBeLessThanOrEqual(1000)
      }),
    )
  })
})

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'node/name-invalid') return undefined
    throw error
  }
}
