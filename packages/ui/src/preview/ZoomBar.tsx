import type { ReactNode } from 'react'
import ZoomIn from '@react-spectrum/s2/icons/ZoomIn'
import ZoomOut from '@react-spectrum/s2/icons/ZoomOut'
import './zoom-bar.css'

/** What is said of a scale and the buttons that change it. */
export interface ZoomWords {
  readonly tools: string
  readonly zoomIn: string
  readonly zoomOut: string
  /** As `42 %`. */
  readonly percent: (scale: number) => string
  /** As `Zoom 42 %`. */
  readonly zoom: (scale: number) => string
}

/** The scale of an image, and the buttons that change it. @param props.fits the image is seen whole */
export function ZoomBar(props: {
  words: ZoomWords
  scale: number
  fits: boolean
  onZoom: (factor: number) => void
}): ReactNode {
  const { words, scale, fits, onZoom } = props
  return (
    <div className="zoom-bar" role="group" aria-label={words.tools}>
      <button type="button" aria-label={words.zoomOut} disabled={fits} onClick={() => onZoom(0.8)}>
        <ZoomOut />
      </button>
      <output aria-label={words.zoom(scale)}>{words.percent(scale)}</output>
      <button type="button" aria-label={words.zoomIn} onClick={() => onZoom(1.25)}>
        <ZoomIn />
      </button>
    </div>
  )
}
