import { createRoute } from '@tanstack/react-router'
import { ROOT_ID } from '@vitrine/domain'
import { folderViews } from '@vitrine/ui/preferences.ts'
import type { FolderView } from '@vitrine/ui/preferences.ts'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'
import { listingSearchOf } from './listing-search.ts'
import type { ListingSearch } from './listing-search.ts'
import { askForFolder } from './node-query.ts'

/** Search parameters of a folder. */
export interface FilesSearch extends ListingSearch {
  /** Absent: as this browser last had it. */
  readonly view?: FolderView | undefined
}

/** Each key is always there, as in {@link listingSearchOf}. */
export function filesSearchOf(search: Record<string, unknown>): FilesSearch {
  return { ...listingSearchOf(search), view: folderViews.find((one) => one === search['view']) }
}

const FilesPage = lazyPage(() => import('./FilesPage.tsx'), 'FilesPage')

interface Opened {
  readonly params: { readonly nodeId?: string }
  readonly deps: FilesSearch
}

function load({ params: { nodeId = ROOT_ID }, deps: { sort = 'name', filter = '' } }: Opened): void {
  askForFolder({ folder: nodeId, sort, filter })
}

/** `/files` and below: one page, so that the tree and the focus in it stay from one folder to the next. */
const filesRoute = createRoute({
  path: '/files',
  getParentRoute: () => signedInRoute,
  validateSearch: filesSearchOf,
  component: FilesPage,
})

/** `/files`: what lies at the root. */
const rootFolderRoute = createRoute({
  path: '/',
  getParentRoute: () => filesRoute,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => load({ params: {}, deps }),
})

/** `/files/$nodeId`: what lies in a folder. */
const folderRoute = createRoute({
  path: '/$nodeId',
  getParentRoute: () => filesRoute,
  loaderDeps: ({ search }) => search,
  loader: load,
})

/** The pages of the repository. */
export const filesRoutes = [filesRoute.addChildren([rootFolderRoute, folderRoute])] as const
