import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../language/text.ts'
import { Waiting } from '../../shell/Waiting.tsx'
import { lazyPart } from '../../start/load-part.ts'
import type { AssetDetail } from '../asset-queries.ts'
import type { PanelState } from '../AssetPage.tsx'
import { useSlim } from '../use-slim.ts'
import './panel.css'

const loadPanels = () => import('./panels.ts')
const AssetPanel = lazyPart(loadPanels, 'AssetPanel')
const PanelSheet = lazyPart(loadPanels, 'PanelSheet')

/** All that is known of an asset: beside its picture, which does not wait for it, or over the page where there is no room. */
export function PanelPlace({ asset, panel }: { asset: AssetDetail; panel: PanelState }): ReactNode {
  const text = useText()
  const isSlim = useSlim()
  const { shown, change } = panel
  const [wasShown, setWasShown] = useState(false)
  if (shown !== undefined && !wasShown) setWasShown(true)
  if (isSlim) {
    return wasShown ? (
      <Suspense>
        <PanelSheet asset={asset} shown={shown} onChange={change} />
      </Suspense>
    ) : null
  }
  if (shown === undefined) return null
  return (
    <aside className="asset-panel" aria-label={text('assets.panel')}>
      <Suspense fallback={<Waiting />}>
        <AssetPanel asset={asset} shown={shown} onChange={change} />
      </Suspense>
    </aside>
  )
}
