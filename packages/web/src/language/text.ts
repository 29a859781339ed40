import { makeTextScope } from '@vitrine/ui/language/text.tsx'
import type { CompiledMessages, Text as TextOf } from '@vitrine/ui/language/text.tsx'
import type { Language } from '@vitrine/ui/preferences.ts'
import type { MessageId } from '../messages/en.ts'

/** Says things in the person's language. */
export type Text = TextOf<MessageId>

/** The words of the application. */
export const words = makeTextScope<MessageId>()

/** The words of the person's language. */
export const { useText } = words

/** Loads the words of a language. */
export async function loadMessages(language: Language): Promise<CompiledMessages<MessageId>> {
  const module = language === 'de' ? await import('../messages/de.ts') : await import('../messages/en.ts')
  return module.messages
}
