import { useState } from 'react'
import type { ReactNode, Ref } from 'react'
import { useQuery } from '@tanstack/react-query'
import { isBeingMade, largestRendition } from '@vitrine/ui/preview/largest-rendition.ts'
import { ZoomedImage } from '@vitrine/ui/preview/ZoomedImage.tsx'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { FailurePage } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { renditionsQuery } from './asset-queries.ts'
import type { AssetDetail, Rendition } from './asset-queries.ts'
import { sentenceOfProblem } from '../api/failure-words.ts'
import { zoomWordsOf } from './asset-words.ts'
import { NoPicture } from './NoPicture.tsx'

/** The preview of an asset, to be enlarged and moved, or why there is none. */
export function AssetPicture(props: {
  asset: AssetDetail
  ref: Ref<ZoomHandle>
  /** 1 to the next asset, -1 back. */
  onSwipe: (direction: 1 | -1) => void
}): ReactNode {
  const text = useText()
  const { asset, ref, onSwipe } = props
  const version = asset.version ?? ''
  const { data, error, refetch } = useQuery(renditionsQuery(asset.id, version))
  const [broken, setBroken] = useState<string>()
  if (data === undefined) {
    if (error === null) return <Waiting />
    return <FailurePage failure={error} onRetry={() => void refetch()} />
  }
  const image = largestRendition({ ...asset, renditions: data.items })
  if (image === undefined || image.url === broken) {
    const why = image === undefined ? whyNone(data.items, text) : text('assets.none.broken')
    const title = isBeingMade(data.items) ? text('assets.none.making') : text('assets.none')
    return <NoPicture mediaType={asset.mediaType ?? ''} title={title} words={why} />
  }
  return (
    <ZoomedImage
      key={version}
      ref={ref}
      image={image}
      underlay={asset.thumbnail}
      alt={asset.name}
      words={zoomWordsOf(text)}
      onSwipe={onSwipe}
      onError={() => setBroken(image.url)}
    />
  )
}

/** Why a version has no preview. */
export function whyNone(renditions: readonly Rendition[], text: Text): string {
  if (isBeingMade(renditions)) return text('assets.none.making.text')
  const failed = renditions.find(({ state }) => state === 'failed')
  return failed === undefined ? text('assets.none.kind') : failureOf(failed, text)
}

/** Why a rendition could not be made, in a sentence. */
export function failureOf({ failure = '', detail = '' }: Rendition, text: Text): string {
  return sentenceOfProblem({ code: failure, detail }, text)
}
