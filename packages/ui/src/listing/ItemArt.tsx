import { memo, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import AudioWave from '@react-spectrum/s2/icons/AudioWave'
import Archive from '@react-spectrum/s2/icons/Archive'
import File from '@react-spectrum/s2/icons/File'
import FileText from '@react-spectrum/s2/icons/FileText'
import Image from '@react-spectrum/s2/icons/Image'
import Video from '@react-spectrum/s2/icons/Video'
import { kindOf } from './media-kind.ts'
import type { MediaKind } from './media-kind.ts'

/** What a picture of a member of a list is made of. */
export interface Pictured {
  readonly kind: 'asset' | 'folder'
  readonly mediaType?: string | undefined
  /** Address of a small picture, when there is one. */
  readonly thumbnail?: string | undefined
  /** In pixels, as shown. */
  readonly width?: number | undefined
  /** In pixels, as shown. */
  readonly height?: number | undefined
}

const SIGNS: Record<MediaKind, ComponentType> = {
  image: Image,
  video: Video,
  audio: AudioWave,
  text: FileText,
  archive: Archive,
  file: File,
}

/** The picture of a member of a list: its thumbnail, or a sign of its kind while there is none. */
export const ItemArt = memo(function ItemArt({ item }: { item: Pictured }): ReactNode {
  const [broken, setBroken] = useState<string>()
  const { thumbnail } = item
  if (thumbnail !== undefined && thumbnail !== broken) {
    return (
      <img
        className="art"
        data-fit={fitOf(item)}
        src={thumbnail}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setBroken(thumbnail)}
      />
    )
  }
  if (item.kind === 'folder') return <FolderArt />
  return (
    <span className="art-icon">
      <TypeSign mediaType={item.mediaType ?? ''} />
    </span>
  )
})

/** The sign of a type of file, in place of its picture. */
export function TypeSign({ mediaType }: { mediaType: string }): ReactNode {
  const Sign = SIGNS[kindOf(mediaType)]
  return <Sign />
}

function FolderArt(): ReactNode {
  return (
    <svg className="art-folder" viewBox="0 0 80 64" aria-hidden="true">
      <path className="art-folder-back" d="M4 10a6 6 0 0 1 6-6h18a6 6 0 0 1 4.6 2.2L37 12h33a6 6 0 0 1 6 6v10H4z" />
      <path className="art-folder-front" d="M4 24a6 6 0 0 1 6-6h60a6 6 0 0 1 6 6v30a6 6 0 0 1-6 6H10a6 6 0 0 1-6-6z" />
    </svg>
  )
}

/** A photo of about the frame's shape fills it; anything else is shown whole. */
function fitOf({ width, height }: Pictured): 'fill' | 'whole' {
  if (width === undefined || height === undefined || height === 0) return 'whole'
  const ratio = width / height
  return ratio > 1.1 && ratio < 1.85 ? 'fill' : 'whole'
}
