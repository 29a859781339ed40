import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../../language/text.ts'
import type { AssetDetail } from '../asset-queries.ts'
import type { PanelState } from '../AssetPage.tsx'
import { useSlim } from '../use-slim.ts'
import { AssetPanel } from './AssetPanel.tsx'
import './panel.css'

/** All that is known of an asset: beside its picture, or over the page where there is no room. */
export function PanelPlace({ asset, panel }: { asset: AssetDetail; panel: PanelState }): ReactNode {
  const text = useText()
  const isSlim = useSlim()
  const { shown, change } = panel
  if (!isSlim) {
    if (shown === undefined) return null
    return (
      <aside className="asset-panel" aria-label={text('assets.panel')}>
        <AssetPanel asset={asset} shown={shown} onChange={change} />
      </aside>
    )
  }
  const close = () => change({ show: undefined })
  return (
    <Sheet isOpen={shown !== undefined} label={text('assets.panel')} onClose={close}>
      <div className="asset-panel">
        <div className="panel-head">
          <h2>{text('assets.panel')}</h2>
          <Button variant="quiet" aria-label={text('app.close')} onClick={close}>
            <Close />
          </Button>
        </div>
        {shown === undefined ? null : <AssetPanel asset={asset} shown={shown} onChange={change} />}
      </div>
    </Sheet>
  )
}
