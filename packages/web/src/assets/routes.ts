import { createRoute } from '@tanstack/react-router'
import { listingSearchOf } from '../files/listing-search.ts'
import type { ListingSearch } from '../files/listing-search.ts'
import { signedInRoute } from '../signed-in-route.ts'
import { lazyPage } from '../start/load-part.ts'

/** What the panel beside an asset can show. */
export const assetPanels = ['properties', 'renditions', 'versions', 'sharing'] as const
/** One of {@link assetPanels}. */
export type AssetPanelName = (typeof assetPanels)[number]

/** Search parameters of an asset: of the folder one came from, and of the page itself. */
export interface AssetSearch extends ListingSearch {
  /** Absent: the properties where there is room beside the picture, else nothing. */
  readonly show?: AssetPanelName | undefined
  /** Id of a version that is compared with the current one. */
  readonly compare?: string | undefined
}

/** Each key is always there, as in {@link listingSearchOf}. */
function assetSearchOf(search: Record<string, unknown>): AssetSearch {
  const { show, compare } = search
  return {
    ...listingSearchOf(search),
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
