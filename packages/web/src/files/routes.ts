import { createRoute } from '@tanstack/react-router'
import { itemSorts } from '@vitrine/api/public'
import type { ItemSort } from '@vitrine/api/public'
import { ROOT_ID } from '@vitrine/domain'
import { folderViews } from '@vitrine/ui/preferences.ts'
import type { FolderView } from '@vitrine/ui/preferences.ts'
import { lazyPage } from '../start/load-part.ts'
import { signedInRoute } from '../signed-in-route.ts'
import { askForFolder } from './node-query.ts'

/** Search parameters of a folder. */
export interface FilesSearch {
  /** Absent: as this browser last had it. */
  readonly view?: FolderView | undefined
  /** Absent: by name. */
  readonly sort?: ItemSort | undefined
  /** Part of the names that are listed. Absent: all. */
  readonly filter?: string | undefined
}

/** Each key is always there: the router would let through what stood in the address for one that is missing. */
export function filesSearchOf({ view, sort, filter }: Record<string, unknown>): FilesSearch {
  const known = itemSorts.find((one) => one === sort)
  // A filter that is a number came as one.
  const text = typeof filter === 'string' || typeof filter === 'number' ? String(filter).slice(0, LONGEST_FILTER) : ''
  return {
    view: folderViews.find((one) => one === view),
    sort: known === 'name' ? undefined : known,
    filter: text === '' ? undefined : text,
  }
}

/** As long as the server takes one, in characters. */
const LONGEST_FILTER = 255

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
