import { createRoute } from '@tanstack/react-router'
import { itemSorts } from '@vitrine/api/public'
import type { ItemSort } from '@vitrine/api/public'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'

/** Search parameters of a folder. */
export interface FilesSearch {
  /** Absent: by name. */
  readonly sort?: ItemSort | undefined
}

/** Each key is always there: the router would let through what stood in the address for one that is missing. */
function filesSearchOf({ sort }: Record<string, unknown>): FilesSearch {
  const known = itemSorts.find((one) => one === sort)
  return { sort: known === 'name' ? undefined : known }
}

const FilesPage = lazyPage(() => import('./FilesPage.tsx'), 'FilesPage')

/** `/files`: what lies at the root. */
const rootFolderRoute = createRoute({
  path: '/files',
  getParentRoute: () => signedInRoute,
  validateSearch: filesSearchOf,
  component: FilesPage,
})

/** `/files/$nodeId`: what lies in a folder. */
const folderRoute = createRoute({
  path: '/files/$nodeId',
  getParentRoute: () => signedInRoute,
  validateSearch: filesSearchOf,
  component: FilesPage,
})

/** The pages of the repository. */
export const filesRoutes = [rootFolderRoute, folderRoute] as const
