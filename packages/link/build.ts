import { pagesBuildOf } from '@vitrine/page-build/ensure-built.ts'

/** The recipient's pages: three HTML files, and beside them what they load, below `/linkshare.html/assets/`. */
export const { pagesFolder, ensureBuilt } = pagesBuildOf({
  folder: import.meta.dirname,
  name: "The recipient's pages",
  sources: ['packages/link', 'packages/ui', 'packages/downloads', 'packages/api/src'],
})
