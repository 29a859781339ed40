import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { Dispatch, PointerEvent, ReactNode, Ref, RefObject, SetStateAction } from 'react'
import { fit, fitScale, isFit, pan, zoomTo } from './zoom.ts'
import type { Extent, Zoom } from './zoom.ts'
import './ZoomView.css'

/** What one can do to the view from outside. */
export interface ZoomHandle {
  /** Multiplies the scale, around the middle. */
  readonly by: (factor: number) => void
  /** Sets the scale, around the middle; 1: one pixel of the image for one of the page. */
  readonly to: (scale: number) => void
  /** Shows the whole image. */
  readonly fit: () => void
  /** Moves the image, in pixels of the page. */
  readonly move: (dx: number, dy: number) => void
}

/** An image that can be enlarged and moved. */
export interface ZoomViewProps {
  readonly src: string
  /** Of the image, in pixels. */
  readonly extent: Extent
  readonly alt: string
  /** A smaller image of the same, shown until the large one has come. */
  readonly underlay?: string
  readonly ref: Ref<ZoomHandle>
  /** The scale has changed. */
  readonly onZoom: (scale: number, fits: boolean) => void
  /** A swipe over the whole image: 1 to the next one in reading direction of the gesture (leftwards), -1 back. */
  readonly onSwipe: (direction: 1 | -1) => void
  /** The image could not be loaded. */
  readonly onError: () => void
  /** The image is there. */
  readonly onLoad?: () => void
  /** Where how the image lies is kept, for two views that are enlarged and moved as one; they are of the same size. */
  readonly shared?: SharedZoom
}

/** How an image lies in its frame, and whether it is seen whole. */
export interface FramedZoom extends Zoom {
  readonly fits: boolean
}

/** How the images of several views lie, and what changes it: what {@link useSharedZoom} gives. */
export type SharedZoom = readonly [FramedZoom, Dispatch<SetStateAction<FramedZoom>>]

/** What views share that are enlarged and moved as one. */
export function useSharedZoom(): SharedZoom {
  return useState<FramedZoom>({ scale: 1, x: 0, y: 0, fits: true })
}

/** Pixels that a finger moves sideways to turn over. */
const SWIPE = 56

/** Wheel or pinch to enlarge, drag to move, double click between whole and full size, swipe when whole. */
export function ZoomView(props: ZoomViewProps): ReactNode {
  'use no memo'
  const frame = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useZoom(frame, props)
  const pointers = usePointers(frame, zoom, setZoom, props)

  const { width, height } = props.extent
  const transform = `translate(-50%, -50%) translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`

  return (
    <div ref={frame} className="zoom-view" data-zoomed={zoom.fits ? undefined : ''} {...pointers}>
      {props.underlay === undefined ? null : (
        <img src={props.underlay} alt="" width={width} height={height} draggable={false} style={{ transform }} />
      )}
      <img
        src={props.src}
        alt={props.alt}
        width={width}
        height={height}
        draggable={false}
        decoding="async"
        onError={props.onError}
        onLoad={props.onLoad}
        style={{ transform }}
      />
    </div>
  )
}

const MIDDLE = { x: 0, y: 0 }

type Change = (change: (zoom: Zoom, frame: Extent, image: Extent) => Zoom) => void

function useZoom(frame: RefObject<HTMLDivElement | null>, props: ZoomViewProps): [FramedZoom, Change] {
  const { extent, ref, onZoom } = props
  const own = useSharedZoom()
  const [zoom, setZoom] = props.shared ?? own
  const change: Change = (make) => {
    const size = sizeOf(frame.current)
    setZoom((before) => {
      const after = make(before, size, extent)
      return { ...after, fits: isFit(after, size, extent) }
    })
  }
  const showWhole = useEffectEvent(() => change((_, size, image) => fit(size, image)))
  const onResize = useEffectEvent(() =>
    change((before, size, image) =>
      zoom.fits || before.scale < fitScale(size, image) ? fit(size, image) : pan(before, 0, 0, size, image),
    ),
  )
  const tell = useEffectEvent(() => onZoom(zoom.scale, zoom.fits))

  // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/set-state-in-effect -- the frame's size is known only once it is drawn
  useLayoutEffect(() => showWhole(), [extent.width, extent.height])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- told when they change
  useEffect(() => tell(), [zoom.scale, zoom.fits])
  useEffect(() => {
    const observer = new ResizeObserver(() => onResize())
    if (frame.current !== null) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  useImperativeHandle(ref, () => ({
    by: (factor) => change((before, size, image) => zoomTo(before, before.scale * factor, MIDDLE, size, image)),
    to: (scale) => change((before, size, image) => zoomTo(before, scale, MIDDLE, size, image)),
    fit: () => change((_, size, image) => fit(size, image)),
    move: (dx, dy) => change((before, size, image) => pan(before, dx, dy, size, image)),
  }))
  return [zoom, change]
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Mouse, pen and fingers. One pointer moves, two enlarge. */
function usePointers(frame: RefObject<HTMLDivElement | null>, zoom: FramedZoom, change: Change, props: ZoomViewProps) {
  const down = useRef(new Map<number, Point>())
  const start = useRef<Point | null>(null)
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const point = fromMiddle(frame.current, event)
    change((before, size, image) => zoomTo(before, before.scale * wheelFactor(event), point, size, image))
  })

  // React listens to wheel passively, and the page must not scroll or zoom instead.
  useEffect(() => {
    const element = frame.current
    const listen = (event: WheelEvent) => onWheel(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [frame])

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const point = fromMiddle(frame.current, event)
    down.current.set(event.pointerId, point)
    start.current = down.current.size === 1 && zoom.fits && event.pointerType !== 'mouse' ? point : null
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = down.current.get(event.pointerId)
    if (before === undefined) return
    const now = fromMiddle(frame.current, event)
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1]
    down.current.set(event.pointerId, now)
    if (other === undefined)
      return change((zoom, size, image) => pan(zoom, now.x - before.x, now.y - before.y, size, image))
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    change((zoom, size, image) => zoomTo(zoom, zoom.scale * factor, middle, size, image))
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    down.current.delete(event.pointerId)
    const from = start.current
    start.current = null
    if (from === null || event.type === 'pointercancel') return
    const moved = fromMiddle(frame.current, event).x - from.x
    if (Math.abs(moved) > SWIPE) props.onSwipe(moved < 0 ? 1 : -1)
  }
  const onDoubleClick = (event: { clientX: number; clientY: number }) => {
    const point = fromMiddle(frame.current, event)
    change((before, size, image) =>
      isFit(before, size, image) ? zoomTo(before, Math.max(1, before.scale * 2), point, size, image) : fit(size, image),
    )
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onDoubleClick }
}

/** A pinch on a touchpad arrives as a wheel with Ctrl and small steps; some mice count lines. */
function wheelFactor(event: WheelEvent): number {
  const perStep = event.ctrlKey ? 0.01 : event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.002
  return Math.exp(-event.deltaY * perStep)
}

function sizeOf(element: HTMLElement | null): Extent {
  return { width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 }
}

function fromMiddle(element: HTMLElement | null, event: { clientX: number; clientY: number }): Point {
  const box = element?.getBoundingClientRect()
  if (box === undefined) return { x: 0, y: 0 }
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
