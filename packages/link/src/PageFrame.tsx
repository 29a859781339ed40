import '@react-spectrum/s2/page.css'
import './page.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Provider } from '@react-spectrum/s2/Provider'
import { TextProvider, loadMessages, localeOf } from './language/text.tsx'
import type { CompiledMessages } from './language/text.tsx'
import { languageOf, usePreferences } from './place/preferences.ts'
import type { Language } from './place/preferences.ts'

/** Words of the language that the page starts in. */
export interface StartWords {
  readonly language: Language
  readonly messages: CompiledMessages
}

/** Colours, direction and words for everything below. */
export function PageFrame({ start, children }: { start: StartWords; children: ReactNode }): ReactNode {
  const { theme, language: chosen } = usePreferences()
  const language = languageOf(chosen, navigator.languages)
  const words = useWords(start, language)
  useEffect(() => {
    document.documentElement.lang = words.language
  }, [words.language])

  return (
    <Provider
      locale={localeOf(words.language, navigator.languages)}
      {...(theme === 'system' ? {} : { colorScheme: theme })}
      background="base"
    >
      <TextProvider language={words.language} messages={words.messages}>
        {children}
      </TextProvider>
    </Provider>
  )
}

/** The former language stays until the words of the new one are there. */
function useWords(start: StartWords, language: Language): StartWords {
  const [words, setWords] = useState(start)
  useEffect(() => {
    if (words.language === language) return undefined
    let isWanted = true
    const load = async () => {
      const messages = await loadMessages(language)
      if (isWanted) setWords({ language, messages })
    }
    void load()
    return () => {
      isWanted = false
    }
  }, [language, words.language])
  return words
}
