import { useImperativeHandle, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { ZoomView } from '../ZoomView.tsx'
import type { ZoomHandle } from '../ZoomView.tsx'
import type { ShownImage } from './largest-rendition.ts'
import { ZoomBar } from './ZoomBar.tsx'
import type { ZoomWords } from './ZoomBar.tsx'

/** The image of an asset, to be enlarged and moved, with the scale below it. */
export interface ZoomedImageProps {
  readonly image: ShownImage
  /** A smaller image of the same, shown until the large one has come. */
  readonly underlay: string | undefined
  readonly alt: string
  readonly words: ZoomWords
  readonly ref: Ref<ZoomHandle>
  /** 1 to the next asset, -1 back. */
  readonly onSwipe: (direction: 1 | -1) => void
  /** The image could not be loaded. */
  readonly onError: () => void
}

/** An image with the buttons that enlarge it. */
export function ZoomedImage({ ref, ...props }: ZoomedImageProps): ReactNode {
  const { image, underlay } = props
  const zoom = useRef<ZoomHandle>(null)
  const [shown, setShown] = useState({ scale: 1, fits: true })
  useImperativeHandle(ref, () => ({
    by: (factor) => zoom.current?.by(factor),
    to: (scale) => zoom.current?.to(scale),
    fit: () => zoom.current?.fit(),
    move: (dx, dy) => zoom.current?.move(dx, dy),
  }))
  return (
    <>
      <ZoomView
        ref={zoom}
        src={image.url}
        extent={image.extent}
        alt={props.alt}
        {...(underlay === undefined || underlay === image.url ? {} : { underlay })}
        onZoom={(scale, fits) => setShown({ scale, fits })}
        onSwipe={props.onSwipe}
        onError={props.onError}
      />
      <ZoomBar
        words={props.words}
        scale={shown.scale}
        fits={shown.fits}
        onZoom={(factor) => zoom.current?.by(factor)}
      />
    </>
  )
}
