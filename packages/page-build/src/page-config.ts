import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import macros from 'unplugin-parcel-macros'
import type { Plugin, UserConfig } from 'vite'
import { compiledMessages } from './compile-messages.ts'
import { OUT } from './ensure-built.ts'
import { withoutRemoteFonts } from './without-remote-fonts.ts'

/** What differs between the builds. */
export interface PageConfigWish {
  /** The package's folder. */
  readonly root: string
  /** Path below which the server answers with what the pages load, with a slash at its end. */
  readonly base: string
  /** The HTML files. */
  readonly input: readonly string[]
  readonly plugins?: readonly Plugin[]
  /** All styles in one file: none is missing when a part is loaded later, or again after a failure. */
  readonly oneStyleSheet?: boolean
}

/** How pages are built: one chunk per name, nothing inline, no word from a foreign origin. */
export function pageConfig({ root, base, input, plugins = [], oneStyleSheet = false }: PageConfigWish): UserConfig {
  return {
    root,
    base,
    publicDir: false,
    plugins: [
      withoutRemoteFonts(),
      compiledMessages(),
      macros.vite(),
      react(),
      { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE'] }), enforce: 'pre' },
      ...plugins,
    ],
    resolve: {
      // Messages are parsed while building: the parser would be 9 kB of what a visitor loads.
      alias: [
        {
          find: /^@formatjs\/icu-messageformat-parser$/,
          replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
        },
      ],
    },
    build: {
      target: ['es2023'],
      outDir: process.env[OUT] ?? 'dist',
      emptyOutDir: true,
      assetsDir: '',
      assetsInlineLimit: 0,
      cssMinify: 'lightningcss',
      cssCodeSplit: !oneStyleSheet,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { input: [...input] },
    },
  }
}
