import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** What is loaded before something is shown: names of files. */
export interface FirstPaint {
  readonly scripts: readonly string[]
  readonly styles: readonly string[]
}

/** Looks into a build. */
export interface BuiltFiles {
  readonly names: readonly string[]
  readonly read: (name: string) => string
  /** Together, each compressed by brotli, in bytes. */
  readonly weigh: (names: readonly string[]) => number
  /**
   * Everything that is loaded before a page shows anything: what its HTML names, the English words, what these
   * import.
   *
   * @param later chunks that it loads by itself then, by the beginning of their names: `FilesPage-`
   */
  readonly firstPaint: (page: string, later?: readonly string[]) => FirstPaint
}

/** @param base path below which the pages load, with a slash at its end */
export function builtFiles(pagesFolder: string, base: string): BuiltFiles {
  const names = readdirSync(pagesFolder)
  const read = (name: string) => readFileSync(join(pagesFolder, name), 'utf8')
  return {
    names,
    read,
    weigh: (given) =>
      given.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(pagesFolder, name))).length, 0),
    firstPaint: (page, later = []) => {
      const named = [...read(page).matchAll(/(?:src|href)="([^"]+)"/g)].flatMap(([, address = '']) =>
        address.startsWith(base) ? address.slice(base.length) : [],
      )
      const begins = ['en-', ...later]
      const more = names.filter((name) => begins.some((begin) => name.startsWith(begin)))
      const loaded = [...new Set([...named, ...more])]
      const scripts = new Set<string>()
      const add = (name: string) => {
        if (scripts.has(name)) return
        scripts.add(name)
        for (const [, imported = ''] of read(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(imported)
      }
      for (const name of loaded) if (name.endsWith('.js')) add(name)
      return { scripts: [...scripts], styles: loaded.filter((name) => name.endsWith('.css')) }
    },
  }
}

/** Origins that scripts, styles and pages name, but for those that nothing is loaded from: names of XML, error texts, placeholders. */
export function foreignOrigins({ names, read }: BuiltFiles): string[] {
  const named = names
    .filter((name) => /\.(html|js|css)$/.test(name))
    .flatMap((name) => [...read(name).matchAll(/https?:\/\/[\w.-]+/g)].map(([origin]) => origin))
  const harmless =
    /^https?:\/\/(www\.w3\.org|react\.dev|react-spectrum\.adobe\.com|formatjs\.(io|github\.io)|github\.com|bugs\.\w+\.org|localhost)$/
  return [...new Set(named)].filter((origin) => !harmless.test(origin))
}

/** Whether a page's HTML has a script, a style or a handler within it, which its policy forbids. */
export function hasInlineCode(html: string): boolean {
  return /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/.test(html)
}
