import type { ZoomWords } from '@vitrine/ui/preview/ZoomBar.tsx'
import type { Text } from '../language/text.ts'

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
