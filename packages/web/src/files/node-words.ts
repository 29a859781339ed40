import { formatOf, kindOf } from '@vitrine/ui/listing/media-kind.ts'
import type { Text } from '../language/text.ts'

/** What words are made of. */
export interface NamedNode {
  readonly kind: 'asset' | 'folder'
  readonly name: string
  readonly mediaType?: string | undefined
  readonly size?: number | undefined
  readonly children?: number | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** What a node is, in a word: of an asset the usual name of its format, else the ending, else the kind. */
export function typeOf({ kind, name, mediaType = '' }: NamedNode, text: Text): string {
  if (kind === 'folder') return text('files.folder')
  return formatOf(mediaType, name) ?? text(`type.${kindOf(mediaType)}`)
}

/** How large a node is: bytes of an asset, children of a folder. */
export function extentOf({ kind, size, children }: NamedNode, text: Text): string {
  if (kind === 'asset') return text.bytes(size ?? 0)
  return children === undefined ? text('files.folder') : text('files.children', { count: children })
}

/** Width and height of a picture; undefined for what has none. */
export function dimensionsOf({ width, height }: Pick<NamedNode, 'width' | 'height'>, text: Text): string | undefined {
  return width === undefined || height === undefined ? undefined : text('files.dimensions', { width, height })
}

/** What there is to know of a node, in few words. */
export function factsOf(node: NamedNode, text: Text): string[] {
  return node.kind === 'folder' ? [extentOf(node, text)] : [typeOf(node, text), extentOf(node, text)]
}

/** What a screen reader says of a node. */
export function labelOf(node: NamedNode, text: Text): string {
  if (node.kind === 'asset') {
    return text('files.asset.label', { name: node.name, type: typeOf(node, text), size: extentOf(node, text) })
  }
  return text('files.folder.label', { name: node.name, count: node.children ?? 0 })
}
