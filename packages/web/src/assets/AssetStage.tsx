import { Suspense } from 'react'
import type { ReactNode, RefObject } from 'react'
import ChevronLeft from '@react-spectrum/s2/icons/ChevronLeft'
import ChevronRight from '@react-spectrum/s2/icons/ChevronRight'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import { useLocale } from 'react-aria-components/I18nProvider'
import { useText } from '../language/text.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import type { AssetDetail } from './asset-queries.ts'
import { AssetPicture } from './AssetPicture.tsx'
import type { AssetWalk } from './use-walk.ts'

const CompareVersions = lazyPart(() => import('./compare/CompareVersions.tsx'), 'CompareVersions')

/** The picture of an asset with the ways to those beside it, or two of its versions. */
export function AssetStage(props: {
  asset: AssetDetail
  walk: AssetWalk
  tools: RefObject<ZoomHandle | null>
  /** Id of the version that is compared with the current one. */
  compare: string | undefined
  onEndCompare: () => void
}): ReactNode {
  const text = useText()
  const { asset, tools, compare } = props
  const { neighbours, turn } = props.walk
  if (compare !== undefined) {
    return (
      <div className="asset-stage">
        <Suspense fallback={<Waiting />}>
          <CompareVersions key={asset.id} asset={asset} compared={compare} tools={tools} onEnd={props.onEndCompare} />
        </Suspense>
      </div>
    )
  }
  const previous = neighbours?.previous ?? undefined
  const next = neighbours?.next ?? undefined
  return (
    <section className="asset-stage" aria-label={text('assets.preview', { name: asset.name })}>
      <AssetPicture
        key={asset.id}
        asset={asset}
        ref={tools}
        onSwipe={(direction) => turn((direction === 1 ? next : previous)?.id)}
      />
      <Turn to={previous} side="previous" onTurn={turn} />
      <Turn to={next} side="next" onTurn={turn} />
    </section>
  )
}

function Turn(props: {
  to: { readonly id: string; readonly name: string } | undefined
  side: 'previous' | 'next'
  onTurn: (id: string) => void
}): ReactNode {
  const text = useText()
  const { direction } = useLocale()
  const { to, side } = props
  const pointsLeft = (side === 'previous') === (direction === 'ltr')
  // At either end it stays, so that the focus is not lost there.
  return (
    <button
      type="button"
      className={`asset-turn ${side}`}
      aria-label={text(`assets.${side}`)}
      title={to?.name}
      aria-disabled={to === undefined}
      onClick={() => to === undefined || props.onTurn(to.id)}
    >
      {pointsLeft ? <ChevronLeft /> : <ChevronRight />}
    </button>
  )
}
