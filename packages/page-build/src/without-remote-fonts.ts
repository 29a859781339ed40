import type { Plugin } from 'vite'

/**
 * Drops what React Spectrum loads from a foreign origin.
 *
 * Its `<Provider>` asks use.typekit.net for a font, and for Chinese, Japanese and Korean for a
 * script; there is no option against it.
 */
export function withoutRemoteFonts(): Plugin {
  return {
    name: 'without-remote-fonts',
    enforce: 'pre',
    load: {
      filter: { id: /s2[\\/]dist[\\/]private[\\/](Fonts\.mjs|font-faces(_css)?\.(mjs|css))/ },
      handler(id) {
        if (id.includes('Fonts.mjs')) return 'export function Fonts() { return null }'
        return id.endsWith('.css') ? '' : 'export {}'
      },
    },
  }
}
