import { entriesPreloaded } from '@vitrine/page-build/preload-entries.ts'
import { oneChunkEach } from '@vitrine/page-build/one-chunk-each.ts'
import { pageConfig } from '@vitrine/page-build/page-config.ts'

/** One of these is shown at a time, and none has a form: what forms need comes with the first of them. */
const pages = ['files/FilesPage.tsx', 'assets/AssetPage.tsx', 'trash/TrashPage.tsx']

/** The signed-in application: one HTML page for every address, its parts loaded below `/app/`. */
export default pageConfig({
  root: import.meta.dirname,
  base: '/app/',
  input: ['index.html'],
  oneStyleSheet: true,
  plugins: [
    entriesPreloaded(/^Application$/),
    oneChunkEach(import.meta.dirname, [['src/Application.tsx'], pages.map((page) => `src/${page}`)]),
  ],
})
