import type { AnswerOf } from '../api/client.ts'
import type { Text } from '../language/text.ts'

/** What a link would show, and what not. */
export type LinkPreview = AnswerOf<'POST /api/v1/share-links/preview'>

/** Names that are told before it says how many more there are. */
const MOST_NAMES = 3

/** Why something is left out, or shown and not given, in a sentence. */
export function leftOutWords({ reason, folders, assets, names }: LinkPreview['leftOut'][number], text: Text): string {
  const sentence = text(`leftOut.${reason}`, { folders, assets, count: folders + assets })
  const told = names.filter((name) => name !== '').slice(0, MOST_NAMES)
  if (told.length === 0) return sentence
  const list = new Intl.ListFormat(text.locale, { type: 'unit', style: 'long' }).format(told)
  return `${sentence} ${text(names.length > MOST_NAMES ? 'leftOut.namesAndMore' : 'leftOut.names', { names: list })}`
}

/** What is shown, counted: `3 folders, 28 assets, 4.2 MB`. */
export function tallyWords({ folders, assets, bytes }: LinkPreview['shown'], text: Text): string {
  const parts = [
    ...(folders === 0 ? [] : [text('preview.folders', { count: folders })]),
    text('preview.assets', { count: assets }),
    ...(assets === 0 ? [] : [text.bytes(bytes)]),
  ]
  return parts.join(', ')
}
