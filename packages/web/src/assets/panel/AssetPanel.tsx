import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { useText } from '../../language/text.ts'
import type { AssetDetail } from '../asset-queries.ts'
import { assetPanels } from '../routes.ts'
import type { AssetPanelName, AssetSearch } from '../routes.ts'
import { Properties } from './Properties.tsx'
import { Renditions } from './Renditions.tsx'
import { SharedIn } from './SharedIn.tsx'
import { Versions } from './Versions.tsx'

/** Of which asset, and which of the things that are known of it. */
export interface AssetPanelProps {
  readonly asset: AssetDetail
  /** Undefined: none, while the panel closes. */
  readonly shown: AssetPanelName | undefined
  readonly onChange: (change: Pick<AssetSearch, 'show' | 'compare'>) => void
}

/** What is known of an asset, one thing at a time. */
export function AssetPanel(props: AssetPanelProps): ReactNode {
  const text = useText()
  const { asset, shown, onChange } = props
  if (shown === undefined) return null
  return (
    <Tabs
      className="panel-tabs"
      selectedKey={shown}
      onSelectionChange={(key) => onChange({ show: assetPanels.find((name) => name === key) })}
    >
      <TabList className="panel-tab-list" aria-label={text('assets.panel')}>
        {assetPanels.map((name) => (
          <Tab key={name} id={name} className="panel-tab">
            {text(`assets.panel.${name}`)}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="properties" className="panel-body">
        <Properties asset={asset} />
      </TabPanel>
      <TabPanel id="renditions" className="panel-body">
        <Renditions asset={asset} />
      </TabPanel>
      <TabPanel id="versions" className="panel-body">
        <Versions asset={asset} onCompare={(version) => onChange({ compare: version })} />
      </TabPanel>
      <TabPanel id="sharing" className="panel-body">
        <SharedIn asset={asset} />
      </TabPanel>
    </Tabs>
  )
}
