import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import macros from 'unplugin-parcel-macros'
import { defineConfig } from 'vite'
import { compiledMessages } from './build/compile-messages.ts'
import { entriesPreloaded } from './build/preload-entries.ts'
import { withoutRemoteFonts } from './build/without-remote-fonts.ts'

/** The pages of a recipient: three entries, no router, every URL below one door. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/linkshare.html/assets/',
  publicDir: false,
  plugins: [
    withoutRemoteFonts(),
    compiledMessages(),
    macros.vite(),
    react(),
    { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE'] }), enforce: 'pre' },
    entriesPreloaded(),
  ],
  resolve: {
    // Messages are parsed while building: the parser would be 9 kB of what a visitor loads.
    alias: [
      { find: /^@formatjs\/icu-messageformat-parser$/, replacement: '@formatjs/icu-messageformat-parser/no-parser.js' },
    ],
  },
  build: {
    target: ['es2023'],
    outDir: process.env['VITRINE_LINK_OUT'] ?? 'dist',
    emptyOutDir: true,
    assetsDir: '',
    assetsInlineLimit: 0,
    cssMinify: 'lightningcss',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['linkshare.html', 'linksharepreview.html', 'linkexpired.html'],
    },
  },
})
