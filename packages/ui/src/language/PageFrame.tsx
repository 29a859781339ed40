import '@react-spectrum/s2/page.css'
import '../page.css'
import { useEffect, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { Provider } from '@react-spectrum/s2/Provider'
import { languageOf, usePreferences } from '../preferences.ts'
import type { Language } from '../preferences.ts'
import { localeOf } from './text.tsx'
import type { CompiledMessages, TextScope } from './text.tsx'

/** Words of the language that a page starts in. */
export interface StartWords<Id extends string> {
  readonly language: Language
  readonly messages: CompiledMessages<Id>
}

/** What a page is framed by. */
export interface PageFrameProps<Id extends string> {
  readonly start: StartWords<Id>
  readonly scope: TextScope<Id>
  /** Loads the words of another language. */
  readonly load: (language: Language) => Promise<CompiledMessages<Id>>
  /** How links of React Spectrum go to another page without loading it anew. */
  readonly router?: ComponentProps<typeof Provider>['router']
  readonly children: ReactNode
}

/** Colours, direction and words for everything below. */
export function PageFrame<Id extends string>(props: PageFrameProps<Id>): ReactNode {
  const { start, scope, load, router, children } = props
  const { theme, language: chosen } = usePreferences()
  const language = languageOf(chosen, navigator.languages)
  const words = useWords(start, language, load)
  useEffect(() => {
    document.documentElement.lang = words.language
  }, [words.language])

  return (
    <Provider
      locale={localeOf(words.language, navigator.languages)}
      {...(theme === 'system' ? {} : { colorScheme: theme })}
      {...(router === undefined ? {} : { router })}
      background="base"
    >
      <scope.TextProvider language={words.language} messages={words.messages}>
        {children}
      </scope.TextProvider>
    </Provider>
  )
}

/** The former language stays until the words of the new one are there. */
function useWords<Id extends string>(
  start: StartWords<Id>,
  language: Language,
  load: PageFrameProps<Id>['load'],
): StartWords<Id> {
  const [words, setWords] = useState(start)
  useEffect(() => {
    if (words.language === language) return undefined
    let isWanted = true
    const change = async () => {
      const messages = await load(language)
      if (isWanted) setWords({ language, messages })
    }
    void change()
    return () => {
      isWanted = false
    }
  }, [language, load, words.language])
  return words
}
