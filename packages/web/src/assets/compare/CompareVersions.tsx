import { useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useQuery } from '@tanstack/react-query'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import type { Extent } from '@vitrine/ui/zoom.ts'
import { largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import type { ShownImage } from '@vitrine/ui/preview/largest-rendition.ts'
import { ZoomBar } from '@vitrine/ui/preview/ZoomBar.tsx'
import { useSharedZoom, ZoomView } from '@vitrine/ui/ZoomView.tsx'
import type { SharedZoom, ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import { useText } from '../../language/text.ts'
import { FailurePage } from '../../shell/FailureNote.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { renditionsQuery, versionsQuery } from '../asset-queries.ts'
import type { AssetDetail, Rendition, Version } from '../asset-queries.ts'
import { factLine, zoomWordsOf } from '../asset-words.ts'
import { whyNone } from '../AssetPicture.tsx'
import { NoPicture } from '../NoPicture.tsx'
import './compare.css'

/** An earlier version and the current one: side by side, or one over the other; enlarged and moved as one. */
export function CompareVersions(props: {
  asset: AssetDetail
  /** Id of the earlier version. */
  compared: string
  tools: RefObject<ZoomHandle | null>
  onEnd: () => void
}): ReactNode {
  const text = useText()
  const { asset, compared, onEnd } = props
  const { data, error, refetch } = useQuery(versionsQuery(asset.id))
  if (data === undefined) {
    if (error === null) return <Waiting />
    return <FailurePage failure={error} onRetry={() => void refetch()} />
  }
  const [current] = data.items
  const earlier = data.items.find(({ id }) => id === compared)
  if (current === undefined || earlier === undefined || earlier === current) {
    return <NothingToCompare mediaType={asset.mediaType ?? ''} onEnd={onEnd} />
  }
  return (
    <section className="compare" aria-label={text('assets.compare')}>
      <Pair key={`${earlier.id}${current.id}`} earlier={earlier} current={current} {...props} />
    </section>
  )
}

function NothingToCompare({ mediaType, onEnd }: { mediaType: string; onEnd: () => void }): ReactNode {
  const text = useText()
  return (
    <>
      <NoPicture mediaType={mediaType} title={text('assets.compare')} words={text('assets.compare.no')} />
      <div className="compare-bar">
        <EndButton onEnd={onEnd} />
      </div>
    </>
  )
}

function EndButton({ onEnd }: { onEnd: () => void }): ReactNode {
  const text = useText()
  return (
    <Button variant="quiet" aria-label={text('assets.compare.close')} onClick={onEnd}>
      <Close />
    </Button>
  )
}

type Way = 'side' | 'over'

function Pair(props: {
  asset: AssetDetail
  earlier: Version
  current: Version
  tools: RefObject<ZoomHandle | null>
  onEnd: () => void
}): ReactNode {
  const text = useText()
  const { asset, earlier, current, tools } = props
  const [way, setWay] = useState<Way>('side')
  const [share, setShare] = useState(50)
  const shared = useSharedZoom()
  const before = useShown(asset, earlier)
  const after = useShown(asset, current)
  const extent = largerOf(before.image?.extent, after.image?.extent)
  const isOver = way === 'over' && before.image !== undefined && after.image !== undefined
  // Either moves both; one without a picture moves nothing.
  const isEarlierAlone = after.image === undefined
  const of = { extent, shared }
  return (
    <>
      <div className="compare-bar">
        <WaySwitch way={way} canOverlay={before.image !== undefined && after.image !== undefined} onChange={setWay} />
        <EndButton onEnd={props.onEnd} />
      </div>
      <div className="compare-pair" data-way={isOver ? 'over' : 'side'}>
        <Side
          {...of}
          version={earlier}
          shown={before}
          tools={isEarlierAlone ? tools : undefined}
          clip={isOver ? `inset(0 ${100 - share}% 0 0)` : undefined}
        />
        <Side
          {...of}
          version={current}
          shown={after}
          isCurrent
          tools={isEarlierAlone ? undefined : tools}
          clip={isOver ? `inset(0 0 0 ${share}%)` : undefined}
        />
        {isOver ? <div className="compare-line" style={{ left: `${share}%` }} /> : null}
      </div>
      <div className="compare-foot">
        {isOver ? (
          <input
            type="range"
            min={0}
            max={100}
            value={share}
            aria-label={text('assets.compare.divider')}
            aria-valuetext={text.percent(share / 100)}
            onChange={({ target }) => setShare(Number(target.value))}
          />
        ) : null}
        <ZoomBar
          words={zoomWordsOf(text)}
          scale={shared[0].scale}
          fits={shared[0].fits}
          onZoom={(factor) => tools.current?.by(factor)}
        />
      </div>
    </>
  )
}

function WaySwitch(props: { way: Way; canOverlay: boolean; onChange: (way: Way) => void }): ReactNode {
  const text = useText()
  return (
    <div role="group" aria-label={text('assets.compare.way')} className="compare-ways">
      {(['side', 'over'] as const).map((one) => (
        <Button
          key={one}
          variant="quiet"
          aria-pressed={props.way === one}
          disabled={one === 'over' && !props.canOverlay}
          onClick={() => props.onChange(one)}
        >
          {text(`assets.compare.${one}`)}
        </Button>
      ))}
    </div>
  )
}

/** What there is to see of a version. */
interface Shown {
  readonly image: ShownImage | undefined
  readonly renditions: readonly Rendition[] | undefined
  readonly failure: unknown
  readonly retry: () => void
}

function useShown(asset: AssetDetail, version: Version): Shown {
  const { data, error, refetch } = useQuery(renditionsQuery(asset.id, version.id))
  const image = data === undefined ? undefined : largestRendition({ renditions: data.items })
  return { image, renditions: data?.items, failure: error ?? undefined, retry: () => void refetch() }
}

const nothing = () => undefined

function Side(props: {
  version: Version
  shown: Shown
  extent: Extent
  shared: SharedZoom
  isCurrent?: boolean
  /** By which both are enlarged and moved; undefined: by those of the other side. */
  tools: RefObject<ZoomHandle | null> | undefined
  /** What of it is seen, as a CSS shape; undefined: all. */
  clip: string | undefined
}): ReactNode {
  const text = useText()
  const { version, shown, extent, shared, isCurrent = false } = props
  const own = useRef<ZoomHandle>(null)
  const [isBroken, setBroken] = useState(false)
  const { number } = version
  const name = text(isCurrent ? 'assets.compare.current' : 'assets.version', { number })
  return (
    <figure>
      <figcaption>
        <strong>{name}</strong>
        <small>{factLine([text.day(version.createdAt), text.bytes(version.size)])}</small>
      </figcaption>
      <div className="compare-frame" style={{ clipPath: props.clip }}>
        {shown.image !== undefined && !isBroken ? (
          <ZoomView
            ref={props.tools ?? own}
            src={shown.image.url}
            alt={name}
            extent={extent}
            shared={shared}
            onZoom={nothing}
            onSwipe={nothing}
            onError={() => setBroken(true)}
          />
        ) : (
          <NoImage version={version} shown={shown} isBroken={isBroken} />
        )}
      </div>
    </figure>
  )
}

function NoImage({ version, shown, isBroken }: { version: Version; shown: Shown; isBroken: boolean }): ReactNode {
  const text = useText()
  const { renditions, failure, retry } = shown
  if (renditions === undefined) {
    return failure === undefined ? <Waiting /> : <FailurePage failure={failure} onRetry={retry} />
  }
  const why = isBroken ? text('assets.none.broken') : whyNone(renditions, text)
  return <NoPicture mediaType={version.mediaType} title={text('assets.none')} words={why} />
}

/** Both are drawn into the same frame, so that they can be moved as one. */
function largerOf(one: Extent = { width: 1, height: 1 }, other: Extent = { width: 1, height: 1 }): Extent {
  return { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) }
}
