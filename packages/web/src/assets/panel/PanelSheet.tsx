import type { ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../../language/text.ts'
import { AssetPanel } from './AssetPanel.tsx'
import type { AssetPanelProps } from './AssetPanel.tsx'

/** What is known of an asset, over the page. */
export function PanelSheet(props: AssetPanelProps): ReactNode {
  const text = useText()
  const { shown, onChange } = props
  const close = () => onChange({ show: undefined })
  return (
    <Sheet isOpen={shown !== undefined} label={text('assets.panel')} onClose={close}>
      <div className="asset-panel">
        <div className="panel-head">
          <h2>{text('assets.panel')}</h2>
          <Button variant="quiet" aria-label={text('app.close')} onClick={close}>
            <Close />
          </Button>
        </div>
        <AssetPanel {...props} />
      </div>
    </Sheet>
  )
}
