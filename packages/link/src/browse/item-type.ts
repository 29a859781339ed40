import type { PublicItem } from '@vitrine/api/public'
import { formatOf, kindOf } from '@vitrine/ui/listing/media-kind.ts'
import type { Text } from '../language/text.tsx'

/** What an item is, in a word: of an asset the usual name of its format, else the ending, else the kind. */
export function typeOf({ kind, mediaType, name }: PublicItem, text: Text): string {
  if (kind === 'folder') return text('item.folder')
  return formatOf(mediaType, name) ?? text(`type.${kindOf(mediaType)}`)
}
