import { pageConfig } from '@vitrine/page-build/page-config.ts'
import { entriesPreloaded } from '@vitrine/page-build/preload-entries.ts'

/** The signed-in application: one HTML page for every address, its parts loaded below `/app/`. */
export default pageConfig({
  root: import.meta.dirname,
  base: '/app/',
  input: ['index.html'],
  oneStyleSheet: true,
  plugins: [entriesPreloaded(/^Application$/)],
})
