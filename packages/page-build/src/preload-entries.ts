import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/**
 * Names the page's own chunks and style sheets in the HTML.
 *
 * An entry first sends a request, then imports the page: both travel at the same time only when the
 * browser knows the chunks before the entry has run.
 *
 * @param page what the names of such pages' chunks look like
 */
export function entriesPreloaded(page: RegExp): Plugin {
  let base = '/'
  return {
    name: 'entries-preloaded',
    configResolved(config) {
      base = config.base
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return []
        const pages = chunk.dynamicImports.filter((name) => page.test(chunkOf(bundle, name)?.name ?? ''))
        const chunks = new Set<string>()
        for (const page of pages) collect(bundle, page, chunks)
        const styles = new Set<string>()
        for (const name of chunks) {
          for (const file of chunkOf(bundle, name)?.viteMetadata?.importedCss ?? []) styles.add(file)
        }
        return [
          ...[...styles].map((file) => tag('stylesheet', base, file)),
          ...[...chunks].map((file) => tag('modulepreload', base, file)),
        ].filter(({ attrs }) => !html.includes(`"${attrs.href}"`))
      },
    },
  }
}

/** Adds a chunk and all that it imports before it runs. */
function collect(bundle: Bundle, name: string, into: Set<string>): void {
  if (into.has(name)) return
  into.add(name)
  for (const imported of chunkOf(bundle, name)?.imports ?? []) collect(bundle, imported, into)
}

function chunkOf(bundle: Bundle, name: string): Rolldown.OutputChunk | undefined {
  const output = bundle[name]
  return output?.type === 'chunk' ? output : undefined
}

function tag(rel: string, base: string, file: string) {
  return { tag: 'link', attrs: { rel, crossorigin: true, href: base + file }, injectTo: 'head' as const }
}
