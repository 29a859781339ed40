import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import More from '@react-spectrum/s2/icons/More'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import type { AssetDetail } from './asset-queries.ts'
import type { AssetWalk } from './use-walk.ts'

const AssetMenuList = lazyPart(() => import('./AssetMenuList.tsx'), 'AssetMenuList')

/** What else can be done with an asset, as far as one may. The menu is loaded when it is opened first. */
export function AssetMenu({ asset, walk }: { asset: AssetDetail; walk: AssetWalk }): ReactNode {
  const text = useText()
  const [isWanted, setWanted] = useState(false)
  if (!asset.may.includes('delete')) return null
  const button = (
    <Button variant="quiet" aria-label={text('assets.more')} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <More />
    </Button>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <AssetMenuList asset={asset} walk={walk} />
    </Suspense>
  )
}
