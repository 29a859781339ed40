/** What an icon can tell apart. */
export type MediaKind = 'image' | 'video' | 'audio' | 'text' | 'archive' | 'file'

/** The kind of a media type. */
export function kindOf(mediaType: string): MediaKind {
  const [top = ''] = mediaType.split('/')
  if (top === 'image' || top === 'video' || top === 'audio') return top
  if (/zip|compressed|x-tar|rar|gzip|7z/.test(mediaType)) return 'archive'
  if (top === 'text' || /pdf|word|opendocument|presentation|rtf|indesign/.test(mediaType)) return 'text'
  return 'file'
}

/** The usual short name of a format, else the ending of a name in capitals; undefined: there is neither. */
export function formatOf(mediaType: string, name: string): string | undefined {
  return SHORT[mediaType] ?? /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase()
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
