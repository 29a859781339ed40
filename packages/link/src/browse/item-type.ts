import type { PublicItem } from '@vitrine/api/public'
import type { Text } from '../language/text.tsx'

/** What an icon can tell apart. */
export type ItemKind = 'image' | 'video' | 'audio' | 'text' | 'archive' | 'file'

/** The kind of a media type. */
export function kindOf(mediaType: string): ItemKind {
  const [top = ''] = mediaType.split('/')
  if (top === 'image' || top === 'video' || top === 'audio') return top
  if (/zip|compressed|x-tar|rar|gzip|7z/.test(mediaType)) return 'archive'
  if (top === 'text' || /pdf|word|opendocument|presentation|rtf|indesign/.test(mediaType)) return 'text'
  return 'file'
}

/** What an item is, in a word: of an asset the usual name of its format, else the ending, else the kind. */
export function typeOf({ kind, mediaType, name }: PublicItem, text: Text): string {
  if (kind === 'folder') return text('item.folder')
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]
  return SHORT[mediaType] ?? ending?.toUpperCase() ?? text(`type.${kindOf(mediaType)}`)
}

const SHORT: Record<string, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/avif': 'AVIF',
  'image/tiff': 'TIFF',
  'image/svg+xml': 'SVG',
  'image/vnd.adobe.photoshop': 'PSD',
  'application/pdf': 'PDF',
  'application/zip': 'ZIP',
  'video/mp4': 'MP4',
  'audio/mpeg': 'MP3',
}
