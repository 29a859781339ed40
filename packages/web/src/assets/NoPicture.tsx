import type { ComponentType, ReactNode } from 'react'
import Archive from '@react-spectrum/s2/icons/Archive'
import AudioWave from '@react-spectrum/s2/icons/AudioWave'
import File from '@react-spectrum/s2/icons/File'
import FileText from '@react-spectrum/s2/icons/FileText'
import Image from '@react-spectrum/s2/icons/Image'
import Video from '@react-spectrum/s2/icons/Video'
import { kindOf } from '@vitrine/ui/listing/media-kind.ts'
import type { MediaKind } from '@vitrine/ui/listing/media-kind.ts'

const SIGNS: Record<MediaKind, ComponentType> = {
  image: Image,
  video: Video,
  audio: AudioWave,
  text: FileText,
  archive: Archive,
  file: File,
}

/** The sign of a type of file, in place of its picture. */
export function TypeSign({ mediaType }: { mediaType: string }): ReactNode {
  const Sign = SIGNS[kindOf(mediaType)]
  return <Sign />
}

/** The sign of a type, large, and why there is no picture. */
export function NoPicture(props: { mediaType: string; title: string; words: string }): ReactNode {
  return (
    <div className="asset-none" role="status">
      <TypeSign mediaType={props.mediaType} />
      <h2>{props.title}</h2>
      <p>{props.words}</p>
    </div>
  )
}
