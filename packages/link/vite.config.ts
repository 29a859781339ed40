import { oneChunkEach } from '@vitrine/page-build/one-chunk-each.ts'
import { entriesPreloaded } from '@vitrine/page-build/preload-entries.ts'
import { pageConfig } from '@vitrine/page-build/page-config.ts'

/** The pages of a recipient: three entries, no router, every URL below one door. */
export default pageConfig({
  root: import.meta.dirname,
  base: '/linkshare.html/assets/',
  input: ['linkshare.html', 'linksharepreview.html', 'linkexpired.html'],
  plugins: [entriesPreloaded(/Page$/), oneChunkEach(import.meta.dirname, [['src/browse/LinkPage.tsx']])],
})
