import { pagesBuildOf } from '@vitrine/page-build/ensure-built.ts'

/** The signed-in application: `index.html`, and beside it what it loads, below `/app/`. */
export const { pagesFolder, ensureBuilt } = pagesBuildOf({
  folder: import.meta.dirname,
  name: 'The application',
  sources: ['packages/web', 'packages/ui', 'packages/downloads', 'packages/api/src', 'packages/domain/src'],
})
