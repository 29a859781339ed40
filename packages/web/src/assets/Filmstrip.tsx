import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { usePagesVersion } from '@vitrine/ui/use-sparse-pages.ts'
import { isPlainClick } from '@vitrine/ui/follow-link.ts'
import { codeOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { TypeSign } from '@vitrine/ui/listing/ItemArt.tsx'
import type { StripAsset } from './use-walk.ts'
import './filmstrip.css'

/** Width of a picture and the gap after it, in pixels, as in the style sheet. */
const STEP = 84
/** Pictures that are drawn beyond either edge. */
const BEYOND = 3

/**
 * The assets of a folder side by side, of which only what is in view is drawn and loaded. Empty for who may see the asset
 * but not its folder.
 */
export function Filmstrip(props: {
  pages: SparsePages<StripAsset>
  currentId: string
  /** Index of the current asset; undefined: not known yet. */
  currentIndex: number | undefined
  hrefOf: (id: string) => string
  onTurn: (id: string) => void
}): ReactNode {
  const text = useText()
  const { pages, currentId, currentIndex } = props
  const version = usePagesVersion(pages)
  const frame = useRef<HTMLDivElement>(null)
  const [start, end] = useVisible(frame, pages.total)
  const total = pages.total ?? 0
  useLayoutEffect(() => {
    if (currentIndex !== undefined) showIndex(frame.current, currentIndex)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- only what has members can be scrolled
  }, [currentIndex, total])
  useEffect(() => {
    // Not again by itself: what was refused once would be asked for without end.
    if (pages.failure !== undefined) return
    const from = currentIndex ?? 0
    if (pages.total === undefined) pages.want(from, from + 1)
    else pages.want(start, Math.min(end, pages.total))
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- with each version something else may be missing
  }, [pages, version, start, end, currentIndex])
  useFocusOnCurrent(frame, currentId)
  const shown = Array.from({ length: Math.max(0, Math.min(end, total) - start) }, (_, at) => start + at)
  const failure = codeOf(pages.failure) === 'node/not-found' ? undefined : pages.failure
  return (
    <>
      <FailureNote failure={failure} onRetry={() => pages.refresh(start, end)} />
      <nav ref={frame} className="filmstrip" aria-label={text('assets.strip')}>
        <ol style={{ width: total * STEP }}>
          {shown.map((index) => {
            const asset = pages.at(index)
            return (
              <li key={index} aria-setsize={total} aria-posinset={index + 1} style={{ insetInlineStart: index * STEP }}>
                {asset === undefined ? (
                  <span className="film" aria-label={text('assets.strip.unloaded')} role="img" />
                ) : (
                  <Film
                    asset={asset}
                    isCurrent={asset.id === currentId}
                    href={props.hrefOf(asset.id)}
                    onTurn={props.onTurn}
                  />
                )}
              </li>
            )
          })}
        </ol>
      </nav>
    </>
  )
}

function Film(props: { asset: StripAsset; isCurrent: boolean; href: string; onTurn: (id: string) => void }): ReactNode {
  const { asset, isCurrent } = props
  const [broken, setBroken] = useState<string>()
  const hasPicture = asset.thumbnail !== undefined && asset.thumbnail !== broken
  return (
    <a
      className="film"
      href={props.href}
      title={asset.name}
      aria-label={asset.name}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      draggable={false}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        props.onTurn(asset.id)
      }}
    >
      {hasPicture ? (
        <img src={asset.thumbnail} alt="" draggable={false} onError={() => setBroken(asset.thumbnail)} />
      ) : (
        <TypeSign mediaType={asset.mediaType ?? ''} />
      )}
    </a>
  )
}

/** Which indices are in view or near it: [start, end). */
function useVisible(frame: RefObject<HTMLElement | null>, total: number | undefined): readonly [number, number] {
  const [range, setRange] = useState<readonly [number, number]>([0, 0])
  const measure = useEffectEvent(() => {
    const element = frame.current
    if (element === null) return
    // Leftwards from zero where one reads from right to left.
    const first = Math.floor(Math.abs(element.scrollLeft) / STEP)
    const last = Math.ceil((Math.abs(element.scrollLeft) + element.clientWidth) / STEP)
    const [start, end] = [Math.max(0, first - BEYOND), last + BEYOND]
    setRange((before) => (before[0] === start && before[1] === end ? before : [start, end]))
  })
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => measure())
    const listen = () => measure()
    observer.observe(element)
    element.addEventListener('scroll', listen, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', listen)
    }
  }, [frame])
  // oxlint-disable-next-line react/set-state-in-effect, react/exhaustive-effect-dependencies -- only what is drawn has a width
  useLayoutEffect(() => measure(), [total])
  return range
}

/** Scrolls so that a picture lies in the middle. */
function showIndex(element: HTMLElement | null, index: number): void {
  if (element === null) return
  const to = Math.max(0, index * STEP - (element.clientWidth - STEP) / 2)
  element.scrollLeft = getComputedStyle(element).direction === 'rtl' ? -to : to
}

/** Turning over by key while a picture of the strip has the focus takes the focus along. */
function useFocusOnCurrent(frame: RefObject<HTMLElement | null>, currentId: string): void {
  const before = useRef(currentId)
  const hadFocus = useRef(false)
  useEffect(() => {
    const element = frame.current
    const note = () => (hadFocus.current = true)
    const forget = (event: FocusEvent) => {
      // A picture that is not drawn any more loses the focus to nothing: that is no choice of anybody's.
      if (event.relatedTarget !== null) hadFocus.current = false
    }
    element?.addEventListener('focusin', note)
    element?.addEventListener('focusout', forget)
    return () => {
      element?.removeEventListener('focusin', note)
      element?.removeEventListener('focusout', forget)
    }
  }, [frame])
  useEffect(() => {
    const current = frame.current?.querySelector<HTMLElement>('[aria-current=true]')
    if (!hadFocus.current || current === null || current === undefined) return
    if (before.current !== currentId) current.focus({ preventScroll: true })
    before.current = currentId
  })
}
