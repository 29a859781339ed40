import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import type { ReactNode } from 'react'
import ChevronLeft from '@react-spectrum/s2/icons/ChevronLeft'
import ChevronRight from '@react-spectrum/s2/icons/ChevronRight'
import Close from '@react-spectrum/s2/icons/Close'
import InfoCircle from '@react-spectrum/s2/icons/InfoCircle'
import { useLocale } from 'react-aria-components/I18nProvider'
import { RequestFailure } from '@vitrine/api/request'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { LoadFailure } from '../browse/EmptyState.tsx'
import { NoticeBar } from '../browse/NoticeBar.tsx'
import { usualOptions } from '@vitrine/downloads/download-options.ts'
import { deadReasonOfFailure } from '../browse/failure-text.ts'
import { useQueueing } from '../browse/use-queueing.ts'
import { DeadLink } from '../expired/DeadLink.tsx'
import { InboxButton } from '../inbox/InboxButton.tsx'
import { setInboxOpen } from '../inbox/inbox-open.ts'
import { useText } from '../language/text.tsx'
import { goBackOr, goTo } from '../place/place.ts'
import type { Place } from '../place/place.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { PreviewDetails, PreviewFacts } from './PreviewDetails.tsx'
import { PreviewImage } from './PreviewImage.tsx'
import type { ImageTools } from './PreviewImage.tsx'
import { useNeighbours } from './use-neighbours.ts'
import type { Neighbour } from './use-neighbours.ts'
import { usePreviewItem } from './use-preview-item.ts'
import './preview.css'

/** One asset, as large as the window allows; `hasList`: the list lies below and Back returns to it. */
export function Preview({ place, hasList }: { place: Place; hasList: boolean }): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { item, failure, retry } = usePreviewItem(place.item ?? '')
  const { previous, next, link, position } = useNeighbours(place, item)
  const queueing = useQueueing()
  const [showsDetails, setShowsDetails] = useState(() => innerWidth >= 1100)
  const tools = useRef<ImageTools>(null)
  const page = useRef<HTMLElement>(null)

  const close = useCallback(() => {
    const folder = place.folder ?? item?.path.findLast(({ id }) => id !== item.id)?.id
    const list: Partial<Place> = { page: 'list', item: undefined, index: undefined, folder }
    if (hasList) goBackOr(list)
    else goTo(list, 'replace')
  }, [place.folder, item, hasList])
  // Turning over makes no steps in the history: Back always leads to the folder.
  const turn = useCallback((to: Neighbour | undefined) => {
    if (to !== undefined) goTo({ item: to.id, index: to.index }, 'replace')
  }, [])
  useKeys({ close, turn, previous, next, tools })
  useEffect(() => page.current?.focus(), [])
  useEffect(() => {
    if (item !== undefined) document.title = item.name
  }, [item])

  const reason = deadReasonOfFailure(failure)
  if (reason !== undefined) return <DeadLink reason={reason} />
  const options = link === undefined ? undefined : usualOptions(link)
  const canQueue = options !== undefined && (options.originals || options.renditions.length > 0)
  return (
    <main ref={page} className="preview" tabIndex={-1} aria-label={text('preview.title', { name: item?.name ?? '' })}>
      <div className="preview-bar">
        <Button variant="quiet" aria-label={text('preview.back')} onClick={close}>
          <Close />
        </Button>
        <div className="preview-name">
          <h1 title={item?.name}>{item?.name ?? ' '}</h1>
          <PreviewFacts item={item} position={position} isNarrow={isNarrow} />
        </div>
        {isNarrow ? null : <ImageToolbar tools={tools} />}
        <InboxButton isNarrow />
        <Button
          variant="quiet"
          aria-label={text('preview.details')}
          aria-expanded={showsDetails}
          onClick={() => setShowsDetails((shows) => !shows)}
        >
          <InfoCircle />
        </Button>
      </div>
      <div className="preview-body">
        <div className="preview-stage">
          {failure === undefined ? (
            <PreviewImage
              item={item}
              ref={tools}
              canDownload={canQueue}
              onSwipe={(way) => turn(way === 1 ? next : previous)}
            />
          ) : (
            <Gone failure={failure} onRetry={retry} />
          )}
          <Turn to={previous} side="previous" onTurn={turn} />
          <Turn to={next} side="next" onTurn={turn} />
        </div>
        {showsDetails && item !== undefined ? (
          <PreviewDetails
            item={item}
            renditions={link?.renditions ?? false}
            {...(canQueue
              ? { onQueue: () => void queueing.run(async () => ({ items: [item.id] }), options, false) }
              : {})}
          />
        ) : null}
      </div>
      <div className="preview-notice">
        <NoticeBar notice={queueing.notice} onDismiss={queueing.dismiss} onInbox={() => setInboxOpen(true)} />
      </div>
    </main>
  )
}

function ImageToolbar({ tools }: { tools: { readonly current: ImageTools | null } }): ReactNode {
  const text = useText()
  return (
    <div role="group" aria-label={text('preview.tools')} className="preview-tools">
      <Button variant="quiet" onClick={() => tools.current?.fit()}>
        {text('preview.fit')}
      </Button>
      <Button variant="quiet" onClick={() => tools.current?.to(1)}>
        {text('preview.actual')}
      </Button>
    </div>
  )
}

function Turn(props: {
  to: Neighbour | undefined
  side: 'previous' | 'next'
  onTurn(to: Neighbour | undefined): void
}): ReactNode {
  const text = useText()
  const { direction } = useLocale()
  if (props.to === undefined) return null
  const pointsLeft = (props.side === 'previous') === (direction === 'ltr')
  return (
    <button
      type="button"
      className={`preview-turn ${props.side}`}
      aria-label={text(`preview.${props.side}`)}
      onClick={() => props.onTurn(props.to)}
    >
      {pointsLeft ? <ChevronLeft /> : <ChevronRight />}
    </button>
  )
}

function Gone({ failure, onRetry }: { failure: unknown; onRetry: () => void }): ReactNode {
  const text = useText()
  const isGone = failure instanceof RequestFailure && failure.problem?.code === 'item/not-found'
  if (isGone) return <EmptyState icon={<Close />} title={text('preview.gone')} />
  return <LoadFailure failure={failure} onRetry={onRetry} />
}

interface KeyActions {
  readonly previous: Neighbour | undefined
  readonly next: Neighbour | undefined
  readonly tools: { readonly current: ImageTools | null }
  readonly close: () => void
  readonly turn: (to: Neighbour | undefined) => void
}

/** Arrows turn over, plus and minus zoom, 0 fits, 1 shows the real size, Escape closes. */
function useKeys(actions: KeyActions): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isElsewhere = (event.target as HTMLElement).closest('[role=dialog], [role=menu], input, textarea') !== null
    if (isElsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const { tools } = actions
    const [left, right] = document.dir === 'rtl' ? [actions.next, actions.previous] : [actions.previous, actions.next]
    if (event.key === 'ArrowLeft') actions.turn(left)
    else if (event.key === 'ArrowRight') actions.turn(right)
    else if (event.key === 'Escape') actions.close()
    else if (event.key === '+' || event.key === '=') tools.current?.by(1.25)
    else if (event.key === '-') tools.current?.by(0.8)
    else if (event.key === '0') tools.current?.fit()
    else if (event.key === '1') tools.current?.to(1)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
