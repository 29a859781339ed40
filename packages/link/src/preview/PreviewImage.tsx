import { useImperativeHandle, useRef, useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { ZoomView } from '@vitrine/ui/ZoomView.tsx'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import ZoomIn from '@react-spectrum/s2/icons/ZoomIn'
import ZoomOut from '@react-spectrum/s2/icons/ZoomOut'
import type { PublicItemDetail } from '@vitrine/api/public'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { useText } from '../language/text.tsx'
import type { MessageId } from '../messages/en.ts'
import { largestRendition } from './largest-rendition.ts'

/** What a toolbar or a key can do to the image. */
export type ImageTools = ZoomHandle

/** The image of an asset, to be zoomed and moved, or the reason why there is none. */
export interface PreviewImageProps {
  readonly item: PublicItemDetail | undefined
  readonly ref: Ref<ImageTools>
  readonly canDownload: boolean
  readonly onSwipe: (direction: 1 | -1) => void
}

/** The preview rendition of an asset. */
export function PreviewImage({ item, ref, canDownload, onSwipe }: PreviewImageProps): ReactNode {
  const text = useText()
  const zoom = useRef<ZoomHandle>(null)
  const [shown, setShown] = useState({ scale: 1, fits: true })
  const [broken, setBroken] = useState<string>()
  useImperativeHandle(ref, () => ({
    by: (factor) => zoom.current?.by(factor),
    to: (scale) => zoom.current?.to(scale),
    fit: () => zoom.current?.fit(),
  }))
  if (item === undefined) return <div className="preview-waiting" role="status" aria-label={text('app.loading')} />
  const image = largestRendition(item)
  if (image === undefined || image.url === broken) return <NoImage item={item} canDownload={canDownload} />
  return (
    <>
      <ZoomView
        key={item.id}
        ref={zoom}
        src={image.url}
        extent={image.extent}
        alt={item.name}
        {...(item.thumbnail === undefined || item.thumbnail === image.url ? {} : { underlay: item.thumbnail })}
        onZoom={(scale, fits) => setShown({ scale, fits })}
        onSwipe={onSwipe}
        onError={() => setBroken(image.url)}
      />
      <div className="preview-zoom" role="group" aria-label={text('preview.tools')}>
        <button
          type="button"
          aria-label={text('preview.zoomOut')}
          disabled={shown.fits}
          onClick={() => zoom.current?.by(0.8)}
        >
          <ZoomOut />
        </button>
        <output aria-label={text('preview.zoom', { scale: text.percent(shown.scale) })}>
          {text.percent(shown.scale)}
        </output>
        <button type="button" aria-label={text('preview.zoomIn')} onClick={() => zoom.current?.by(1.25)}>
          <ZoomIn />
        </button>
      </div>
    </>
  )
}

function NoImage({ item, canDownload }: { item: PublicItemDetail; canDownload: boolean }): ReactNode {
  const text = useText()
  return (
    <div className="preview-none" role="status">
      <ItemArt item={{ ...item, thumbnail: undefined }} />
      <h2>{text('preview.none')}</h2>
      <p>{text(reasonOf(item, canDownload))}</p>
    </div>
  )
}

function reasonOf(item: PublicItemDetail, canDownload: boolean): MessageId {
  const rendition = item.renditions.find(({ name }) => name === 'web.1280')
  if (rendition?.state === 'queued') return 'preview.none.making'
  switch (rendition?.failure) {
    case 'rendition/damaged':
      return 'preview.none.damaged'
    case 'rendition/too-large':
      return 'preview.none.tooLarge'
    case 'rendition/failed':
    case 'rendition/timed-out':
      return 'preview.none.failed'
    default:
      return canDownload ? 'preview.none.kind' : 'preview.none.kind.look'
  }
}
