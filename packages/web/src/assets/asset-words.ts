import { formatOf, kindOf } from '@vitrine/ui/listing/media-kind.ts'
import type { ZoomWords } from '@vitrine/ui/preview/ZoomBar.tsx'
import type { Text } from '../language/text.ts'

/** What words about a file are made of. */
interface NamedFile {
  readonly name: string
  readonly mediaType?: string | undefined
}

/** What a file is, in a word: the usual name of its format, else its ending, else its kind. */
export function typeOf({ name, mediaType = '' }: NamedFile, text: Text): string {
  return formatOf(mediaType, name) ?? text(`assets.kind.${kindOf(mediaType)}`)
}

/** Width and height of a picture; undefined for what has none. */
export function pixelsOf(
  { width, height }: { readonly width?: number | undefined; readonly height?: number | undefined },
  text: Text,
): string | undefined {
  return width === undefined || height === undefined ? undefined : text('assets.dimensions', { width, height })
}

/** What is known of a file, on one line: what is undefined is left out. */
export function factLine(facts: readonly (string | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined).join(' · ')
}

/** The words of the scale below a picture. */
export function zoomWordsOf(text: Text): ZoomWords {
  return {
    tools: text('assets.tools'),
    zoomIn: text('assets.zoomIn'),
    zoomOut: text('assets.zoomOut'),
    percent: text.percent,
    zoom: (scale) => text('assets.zoom', { scale: text.percent(scale) }),
  }
}
