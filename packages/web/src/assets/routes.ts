import { createRoute } from '@tanstack/react-router'
import { itemSorts } from '@vitrine/api/public'
import type { ItemSort } from '@vitrine/api/public'
import { signedInRoute } from '../signed-in-route.ts'
import { lazyPage } from '../start/load-part.ts'

/** What the panel beside an asset can show. */
export const assetPanels = ['properties', 'renditions', 'versions', 'sharing'] as const
/** One of {@link assetPanels}. */
export type AssetPanelName = (typeof assetPanels)[number]

/** Search parameters of an asset. */
export interface AssetSearch {
  /** Order of the folder one came from. Absent: by name. */
  readonly sort?: ItemSort | undefined
  /** Part of the names that the folder one came from has listed. Absent: all. */
  readonly filter?: string | undefined
  /** Absent: the properties where there is room beside the picture, else nothing. */
  readonly show?: AssetPanelName | undefined
  /** Id of a version that is compared with the current one. */
  readonly compare?: string | undefined
}

/** As long as the server takes one, in characters. */
const LONGEST_FILTER = 255

/** Each key is always there: the router would let through what stood in the address for one that is missing. */
function assetSearchOf({ sort, filter, show, compare }: Record<string, unknown>): AssetSearch {
  const known = itemSorts.find((one) => one === sort)
  // A filter that is a number came as one.
  const words = typeof filter === 'string' || typeof filter === 'number' ? String(filter).slice(0, LONGEST_FILTER) : ''
  return {
    sort: known === 'name' ? undefined : known,
    filter: words === '' ? undefined : words,
    show: assetPanels.find((one) => one === show),
    compare: typeof compare === 'string' && compare !== '' ? compare : undefined,
  }
}

/** `/assets/$nodeId`: one asset. */
const assetRoute = createRoute({
  path: '/assets/$nodeId',
  getParentRoute: () => signedInRoute,
  validateSearch: assetSearchOf,
  component: lazyPage(() => import('./AssetPage.tsx'), 'AssetPage'),
})

/** The pages of assets. */
export const assetRoutes = [assetRoute] as const
