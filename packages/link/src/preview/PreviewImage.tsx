import { useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import { ZoomedImage } from '@vitrine/ui/preview/ZoomedImage.tsx'
import type { ZoomWords } from '@vitrine/ui/preview/ZoomBar.tsx'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import type { PublicItemDetail } from '@vitrine/api/public'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { useText } from '../language/text.tsx'
import type { Text } from '../language/text.tsx'
import type { MessageId } from '../messages/en.ts'

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
  const [broken, setBroken] = useState<string>()
  if (item === undefined) return <div className="preview-waiting" role="status" aria-label={text('app.loading')} />
  const image = largestRendition(item)
  if (image === undefined || image.url === broken) return <NoImage item={item} canDownload={canDownload} />
  return (
    <ZoomedImage
      key={item.id}
      ref={ref}
      image={image}
      underlay={item.thumbnail}
      alt={item.name}
      words={zoomWordsOf(text)}
      onSwipe={onSwipe}
      onError={() => setBroken(image.url)}
    />
  )
}

function zoomWordsOf(text: Text): ZoomWords {
  return {
    tools: text('preview.tools'),
    zoomIn: text('preview.zoomIn'),
    zoomOut: text('preview.zoomOut'),
    percent: text.percent,
    zoom: (scale) => text('preview.zoom', { scale: text.percent(scale) }),
  }
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
