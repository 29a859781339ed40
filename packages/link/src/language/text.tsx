import { createContext, use, useMemo } from 'react'
import type { ReactNode } from 'react'
import { createIntl, createIntlCache } from 'react-intl'
import type { MessageFormatElement } from 'react-intl'
import type { MessageId } from '../messages/en.ts'
import type { Language } from '../place/preferences.ts'
import { formatBytes, formatDay, formatMoment, formatPercent } from './formats.ts'

/** Messages that were parsed when the pages were built; those without arguments are strings. */
export type CompiledMessages = Record<MessageId, string | MessageFormatElement[]>

/** Says things in the visitor's language. */
export interface Text {
  /** A message with its arguments. */
  (id: MessageId, values?: Record<string, string | number>): string
  /** Language tag for numbers and dates, with the visitor's region. */
  readonly locale: string
  readonly language: Language
  /** As `4.2 GB`. @param size in bytes */
  readonly bytes: (size: number) => string
  /** As `25 Nov 2026, 14:30`, in the visitor's zone. @param when ISO 8601 */
  readonly moment: (when: string) => string
  /** As `25 Nov 2026`, in the visitor's zone. @param when ISO 8601 */
  readonly day: (when: string) => string
  /** As `42 %`. */
  readonly percent: (share: number) => string
}

const TextContext = createContext<Text | undefined>(undefined)
const cache = createIntlCache()

/** Loads the words of a language. */
export async function loadMessages(language: Language): Promise<CompiledMessages> {
  const module = language === 'de' ? await import('../messages/de.ts') : await import('../messages/en.ts')
  return module.messages
}

/** Gives everything below its words. */
export function TextProvider(props: {
  language: Language
  messages: CompiledMessages
  children: ReactNode
}): ReactNode {
  const text = useMemo(() => makeText(props.language, props.messages), [props.language, props.messages])
  return <TextContext value={text}>{props.children}</TextContext>
}

/** The words of the visitor's language. */
export function useText(): Text {
  const text = use(TextContext)
  if (text === undefined) throw new Error('useText needs a TextProvider above it')
  return text
}

/** The browser's own tag of a language when it has one: English as in Britain has other dates. */
export function localeOf(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

function makeText(language: Language, messages: CompiledMessages): Text {
  const locale = localeOf(language, navigator.languages)
  const intl = createIntl({ locale, messages: messages as Record<string, MessageFormatElement[]> }, cache)
  const say = (id: MessageId, values?: Record<string, string | number>) => {
    const message = messages[id]
    return typeof message === 'string' ? message : intl.formatMessage({ id }, values)
  }
  return Object.assign(say, {
    locale,
    language,
    bytes: (size: number) => formatBytes(size, locale),
    moment: (when: string) => formatMoment(when, locale),
    day: (when: string) => formatDay(when, locale),
    percent: (share: number) => formatPercent(share, locale),
  })
}
