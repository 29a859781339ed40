import { useState } from 'react'
import { copyText } from './copy-text.ts'

/** What came of copying: `refused` by the browser. */
export type CopyState = 'not-yet' | 'copied' | 'refused'

/** Puts words on the clipboard, and says what came of it, as long as they are the same words. */
export function useCopy(words: string): { readonly copy: () => Promise<void>; readonly state: CopyState } {
  const [tried, setTried] = useState<{ readonly words: string; readonly state: CopyState }>()
  const copy = async () => {
    try {
      await copyText(words)
      setTried({ words, state: 'copied' })
    } catch {
      setTried({ words, state: 'refused' })
    }
  }
  return { copy, state: tried?.words === words ? tried.state : 'not-yet' }
}
