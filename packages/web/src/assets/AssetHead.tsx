import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import InfoCircle from '@react-spectrum/s2/icons/InfoCircle'
import { Button } from '@vitrine/ui/Button.tsx'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import { useText } from '../language/text.ts'
import { renditionsQuery } from './asset-queries.ts'
import type { AssetDetail } from './asset-queries.ts'
import { dimensionsOf, typeOf } from '../files/node-words.ts'
import { factLine } from './asset-words.ts'
import { AssetMenu } from './AssetMenu.tsx'
import type { PanelState } from './AssetPage.tsx'
import type { AssetWalk } from './use-walk.ts'

/** Name and facts of an asset, and what can be done with it. */
export function AssetHead(props: {
  asset: AssetDetail
  walk: AssetWalk
  tools: { readonly current: ZoomHandle | null }
  panel: PanelState
  isGone: boolean
}): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { asset, walk, tools, panel, isGone } = props
  return (
    <div className="asset-head">
      <div className="asset-name">
        <h1 title={asset.name}>{asset.name}</h1>
        <p>
          {factLine([
            positionOf(walk, text),
            typeOf(asset, text),
            text.bytes(asset.size ?? 0),
            dimensionsOf(asset, text),
          ])}
        </p>
      </div>
      {isGone ? null : (
        <>
          {isNarrow ? null : <ZoomTools asset={asset} tools={tools} />}
          <Button
            variant="quiet"
            aria-label={text('assets.panel')}
            aria-expanded={panel.shown !== undefined}
            onClick={panel.toggle}
          >
            <InfoCircle />
          </Button>
          <AssetMenu asset={asset} walk={walk} />
        </>
      )}
    </div>
  )
}

/** Only where there is a picture that they could change. */
function ZoomTools({
  asset,
  tools,
}: {
  asset: AssetDetail
  tools: { readonly current: ZoomHandle | null }
}): ReactNode {
  const text = useText()
  const { data } = useQuery(renditionsQuery(asset.id, asset.version ?? ''))
  if (data === undefined || largestRendition({ ...asset, renditions: data.items }) === undefined) return null
  return (
    <div role="group" aria-label={text('assets.zoom.size')} className="asset-tools">
      <Button variant="quiet" onClick={() => tools.current?.fit()}>
        {text('assets.fit')}
      </Button>
      <Button variant="quiet" onClick={() => tools.current?.to(1)}>
        {text('assets.actual')}
      </Button>
    </div>
  )
}

function positionOf({ neighbours, pages: { total } }: AssetWalk, text: ReturnType<typeof useText>): string | undefined {
  // What the filter does not let through has no place in the list.
  if (neighbours === undefined || total === undefined || neighbours.before >= total) return undefined
  return text('assets.position', { index: neighbours.before + 1, total })
}
