import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { everything } from '@vitrine/ui/selection.ts'
import type { PublicItem } from '@vitrine/api/public'
import type { StartWords } from '@vitrine/ui/language/PageFrame.tsx'
import type { MessageId } from '../messages/en.ts'
import { DeadLink } from '../expired/DeadLink.tsx'
import { setInboxOpen, useInboxOpen } from '../inbox/inbox-open.ts'
import { useText } from '../language/text.tsx'
import { goTo, usePlace } from '../place/place.ts'
import type { Place } from '../place/place.ts'
import { lazyPart } from '../place/lazy-part.ts'
import { usePreferences } from '@vitrine/ui/preferences.ts'
import { useHeight } from '@vitrine/ui/use-height.ts'
import { sizeOfSelection } from '@vitrine/ui/listing/selected-size.ts'
import { useSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { startPage } from '../start-page.tsx'
import { BottomBar } from './BottomBar.tsx'
import { LoadFailure, NothingHere } from './EmptyState.tsx'
import { ItemGrid } from './ItemGrid.tsx'
import { FillingBanner, LinkFacts, LinkHeader } from './LinkHeader.tsx'
import { NoticeBar } from './NoticeBar.tsx'
import { Toolbar } from './Toolbar.tsx'
import { allowedOptions, usualOptions } from '@vitrine/downloads/download-options.ts'
import type { DownloadOptions } from '@vitrine/downloads/download-options.ts'
import { deadReasonOfFailure } from './failure-text.ts'
import { isWholeLink, itemsOfSelection } from './selected-items.ts'
import type { ChosenItems } from './selected-items.ts'
import { useListing } from './use-listing.ts'
import type { ShownListing } from './use-listing.ts'
import { useQueueing } from './use-queueing.ts'
import '@vitrine/ui/listing/tools.css'
import './link-page.css'

const Preview = lazyPart(() => import('../preview/Preview.tsx'), 'Preview')
const InboxPanel = lazyPart(() => import('../inbox/InboxPanel.tsx'), 'InboxPanel')
const DownloadDialogs = lazyPart(() => import('./DownloadDialogs.tsx'), 'DownloadDialogs')

/** Draws the pages: the list, and the preview over it. */
export function start(words: StartWords<MessageId>): void {
  startPage(<App />, words)
}

/** The list stays as it is below the preview: selection, scroll and focus are there again after it. */
function App(): ReactNode {
  const place = usePlace()
  const [lastList, setLastList] = useState<Place | undefined>(place.page === 'list' ? place : undefined)
  if (place.page === 'list' && lastList !== place) setLastList(place)
  const isPreview = place.page === 'preview'
  useFocusAfterPreview(isPreview)
  return (
    <>
      {lastList === undefined ? null : (
        <div inert={isPreview} className={isPreview ? 'below-preview' : undefined}>
          <LinkPage place={isPreview ? lastList : place} isActive={!isPreview} />
        </div>
      )}
      {isPreview ? (
        <Suspense fallback={<div className="preview-shade" />}>
          <Preview place={place} hasList={lastList !== undefined} />
        </Suspense>
      ) : null}
      <Inbox />
    </>
  )
}

/** The Download Inbox: one for the list and the preview, loaded when it is opened first. */
function Inbox(): ReactNode {
  const isOpen = useInboxOpen()
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  if (!wasOpen) return null
  return (
    <Suspense fallback={null}>
      <InboxPanel isOpen={isOpen} onClose={() => setInboxOpen(false)} />
    </Suspense>
  )
}

/** Gives the focus back to the grid's cell: the preview took it away from there. */
function useFocusAfterPreview(isPreview: boolean): void {
  const wasPreview = useRef(false)
  useEffect(() => {
    if (wasPreview.current && !isPreview) {
      document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus({ preventScroll: true })
    }
    wasPreview.current = isPreview
  }, [isPreview])
}

function LinkPage({ place, isActive }: { place: Place; isActive: boolean }): ReactNode {
  const shown = useListing(place)
  const { failure } = shown.listing.pages
  const reason = deadReasonOfFailure(failure)
  const title = shown.listing.link?.title
  useEffect(() => {
    if (isActive && title !== undefined && title !== '') document.title = title
  }, [isActive, title])
  if (reason !== undefined) return <DeadLink reason={reason} />
  return <LivePage place={place} shown={shown} />
}

function LivePage({ place, shown }: { place: Place; shown: ShownListing }): ReactNode {
  const isNarrow = useNarrow()
  const { view: remembered } = usePreferences()
  const view = place.view ?? remembered
  const { listing } = shown
  const { pages, link, path } = listing
  const selection = useSelection({ pages, list: listing.query.folder, filter: listing.query.filter })
  const queueing = useQueueing()
  const [chosenOptions, setOptions] = useState<DownloadOptions>()
  const [isChoosing, setChoosing] = useState(false)
  const tools = useRef<HTMLDivElement>(null)
  const stuck = useHeight(tools)

  const options = useMemo(() => optionsFor(link, chosenOptions), [link, chosenOptions])
  const { total, version } = pages
  // `version` stands for what the pages hold.
  const size = useMemo(
    () => (version >= 0 && selection.count > 0 ? sizeOfSelection(selection.selection, pages) : undefined),
    [selection, pages, version],
  )
  const wholeSize = useMemo(() => (version >= 0 ? sizeOfSelection(everything, pages) : undefined), [pages, version])
  const isInFolder = place.folder !== undefined && !isWholeLink(path, link?.title)
  const canDownload = options.originals || options.renditions.length > 0
  const { run } = queueing

  const queueSelection = async (start: boolean) => {
    const isQueued = await run(() => itemsOfSelection(selection.selection, listing), options, start)
    if (isQueued) selection.clear()
  }
  const queueAll = (start: boolean) => void run(async () => wholeOf(place), options, start)
  const queueOne = useCallback(
    (item: PublicItem) => void run(async () => ({ items: [item.id] }), options, false),
    [run, options],
  )
  const isSelecting = selection.count > 0

  return (
    <div className="page" data-bottom={isSelecting || isNarrow || undefined}>
      <LinkHeader
        link={link}
        isNarrow={isNarrow}
        canDownload={canDownload && (total ?? 0) > 0}
        isInFolder={isInFolder}
        onDownloadAll={() => queueAll(true)}
        onQueueAll={() => queueAll(false)}
      />
      <main>
        <LinkFacts link={link} count={total} size={wholeSize} />
        <FillingBanner link={link} />
        <div ref={tools} className="tools-place">
          <Toolbar
            view={view}
            path={path}
            title={link?.title ?? ''}
            selection={selection}
            total={total}
            isNarrow={isNarrow}
            isPending={shown.isPending}
          />
        </div>
        <Contents
          place={place}
          shown={shown}
          selection={selection}
          isNarrow={isNarrow}
          view={view}
          insets={{ top: stuck + TOP_BAR, bottom: 96 }}
          onQueue={queueOne}
        />
      </main>
      <div className="bottom-place">
        <NoticeBar notice={queueing.notice} onDismiss={queueing.dismiss} onInbox={() => setInboxOpen(true)} />
        <BottomBar
          selection={selection}
          size={size}
          isNarrow={isNarrow}
          canDownload={canDownload && (total ?? 0) > 0}
          isInFolder={isInFolder}
          isWorking={queueing.notice?.kind === 'working'}
          onOptions={() => setChoosing(true)}
          onQueue={() => (isSelecting ? void queueSelection(false) : queueAll(false))}
          onDownload={() => (isSelecting ? void queueSelection(true) : queueAll(true))}
        />
      </div>
      {link !== undefined && (isChoosing || queueing.question !== undefined) ? (
        <Suspense fallback={null}>
          <DownloadDialogs
            link={link}
            options={options}
            isChoosing={isChoosing}
            question={queueing.question}
            onOptions={setOptions}
            onChosen={() => setChoosing(false)}
            onAnswer={queueing.answer}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

/** Height of the bar that sticks to the top, in pixels: as in the style sheet. */
const TOP_BAR = 64

type ContentsProps = Omit<Parameters<typeof ItemGrid>[0], 'listing' | 'onOpen' | 'onVisible' | 'initialIndex'> & {
  readonly place: Place
  readonly shown: ShownListing
}

function Contents({ place, shown, ...grid }: ContentsProps): ReactNode {
  const text = useText()
  const { listing } = shown
  const { total, failure } = listing.pages
  const only = useOnlyFolder(place, shown)
  if (total === undefined && failure !== undefined) return <LoadFailure failure={failure} onRetry={shown.refresh} />
  if (only !== undefined) return <LateLoading />
  if (total === 0) return <NothingHere filter={listing.query.filter} isFilling={Boolean(listing.link?.filling)} />

  const open = (item: PublicItem, index: number) => {
    if (item.kind === 'folder') {
      scrollTo(0, 0)
      goTo({ folder: item.id, filter: '' })
    } else goTo({ page: 'preview', item: item.id, index })
  }
  return (
    <>
      {failure === undefined ? null : (
        <p className="stale" role="alert">
          {text('state.stale')}
        </p>
      )}
      {total === undefined ? <LateLoading /> : null}
      <ItemGrid
        // A grid of its own per folder: the second click of a double click must not meet the next folder's card.
        key={`${place.folder ?? ''} ${grid.view}`}
        listing={listing}
        {...grid}
        initialIndex={0}
        onVisible={shown.onVisible}
        onOpen={open}
      />
    </>
  )
}

/** A link of one folder begins in it: a single card would only be in the way. */
function useOnlyFolder(place: Place, { listing }: ShownListing): string | undefined {
  const { pages, query } = listing
  const first = pages.total === 1 ? pages.at(0) : undefined
  const isTargets = query.folder === undefined && query.filter === '' && place.folder === undefined
  const only = isTargets && first?.kind === 'folder' ? first.id : undefined
  useEffect(() => {
    if (only !== undefined) goTo({ folder: only }, 'replace')
  }, [only])
  return only
}

/** Words for what takes long; the cards' places are there at once. */
function LateLoading(): ReactNode {
  const text = useText()
  return (
    <p className="late-loading" role="status">
      {text('app.loading')}
    </p>
  )
}

function wholeOf(place: Place): ChosenItems {
  return { items: place.folder === undefined ? 'all' : [place.folder] }
}

const NOT_KNOWN: DownloadOptions = { originals: false, renditions: [], layout: 'tree' }

function optionsFor(link: ShownListing['listing']['link'], chosen: DownloadOptions | undefined): DownloadOptions {
  if (link === undefined) return NOT_KNOWN
  return chosen === undefined ? usualOptions(link) : allowedOptions(chosen, link)
}
