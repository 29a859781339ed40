import { createContext, use, useMemo } from 'react'
import type { ReactNode } from 'react'
import { createIntl, createIntlCache } from 'react-intl'
import type { MessageFormatElement } from 'react-intl'
import type { Language } from '../preferences.ts'
import { formatBytes, formatDay, formatMoment, formatPercent } from './formats.ts'

/** Messages that were parsed when the pages were built; those without arguments are strings. */
export type CompiledMessages<Id extends string> = Record<Id, string | MessageFormatElement[]>

/** Says things in the reader's language, among them the messages that `Id` names. */
export interface Words<Id extends string> {
  /** A message with its arguments. */
  (id: Id, values?: Record<string, string | number>): string
  /** Language tag for numbers and dates, with the reader's region. */
  readonly locale: string
  readonly language: Language
  /** As `4.2 GB`. @param size in bytes */
  readonly bytes: (size: number) => string
  /** As `25 Nov 2026, 14:30`, in the reader's zone. @param when ISO 8601 */
  readonly moment: (when: string) => string
  /** As `25 Nov 2026`, in the reader's zone. @param when ISO 8601 */
  readonly day: (when: string) => string
  /** As `42 %`. */
  readonly percent: (share: number) => string
}

/** Says things in the reader's language. `Id` names the messages that there are. */
export interface Text<Id extends string> extends Words<Id> {
  /** Whether there is such a message: a server may be newer than the page. */
  readonly has: (id: string) => id is Id
}

/** Words for what is below a provider. */
export interface TextScope<Id extends string> {
  /** Gives everything below its words. */
  readonly TextProvider: (props: {
    language: Language
    messages: CompiledMessages<Id>
    children: ReactNode
  }) => ReactNode
  /** The words of the reader's language. */
  readonly useText: () => Text<Id>
}

const cache = createIntlCache()

/** Makes the provider of a page's words, and what reads them. */
export function makeTextScope<Id extends string>(): TextScope<Id> {
  const TextContext = createContext<Text<Id> | undefined>(undefined)
  return {
    TextProvider: ({ language, messages, children }) => {
      const text = useMemo(() => makeText(language, messages), [language, messages])
      return <TextContext value={text}>{children}</TextContext>
    },
    useText: () => {
      const text = use(TextContext)
      if (text === undefined) throw new Error('useText needs a TextProvider above it')
      return text
    },
  }
}

/** The browser's own tag of a language when it has one: English as in Britain has other dates. */
export function localeOf(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

function makeText<Id extends string>(language: Language, messages: CompiledMessages<Id>): Text<Id> {
  const locale = localeOf(language, navigator.languages)
  const intl = createIntl({ locale, messages: messages as Record<string, MessageFormatElement[]> }, cache)
  const say = (id: Id, values?: Record<string, string | number>) => {
    const message = messages[id]
    return typeof message === 'string' ? message : intl.formatMessage({ id }, values)
  }
  return Object.assign(say, {
    has: (id: string): id is Id => Object.hasOwn(messages, id),
    locale,
    language,
    bytes: (size: number) => formatBytes(size, locale),
    moment: (when: string) => formatMoment(when, locale),
    day: (when: string) => formatDay(when, locale),
    percent: (share: number) => formatPercent(share, locale),
  })
}
