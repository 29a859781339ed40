import type { messages as english } from './messages.en.ts'

/** The words of the notices, in German. */
export const messages: Record<keyof typeof english, string> = {
  'notices.title': 'Mitteilungen',
  'notices.button': '{unread, plural, =0 {Mitteilungen} other {Mitteilungen, # neu}}',
  'notices.shown': 'Gerade mitgeteilt',
  'notices.none': 'Keine Mitteilungen',
  'notices.none.text': 'Was Vitrine Ihnen beim Arbeiten mitteilt, bleibt hier stehen.',
}
