import { useEffect, useEffectEvent, useState } from 'react'

/** Pause in typing after which what is typed is told, in milliseconds. */
const TYPING = 250

/** What is typed into a field that looks for something. */
export interface Typed {
  readonly words: string
  readonly type: (words: string) => void
}

/**
 * What is typed into a field that looks for something, told after a pause and without spaces around it.
 *
 * @param value what is looked for now: when it changes otherwise than by what was told, the field follows it
 * @param list which list is looked in: in another one the field begins anew
 */
export function useTyped(value: string, list: string | undefined, tell: (words: string) => void): Typed {
  const [typed, setTyped] = useState(() => begin(value, list))
  if (typed.list !== list) setTyped(begin(value, list))
  // What was told comes back later; anything else was changed from outside: Back, or a button.
  else if (typed.seen !== value) setTyped(value === typed.told ? { ...typed, seen: value } : begin(value, list))
  const tellNow = useEffectEvent(tell)
  useEffect(() => {
    const wanted = typed.words.trim()
    if (wanted === typed.told) return undefined
    const timer = setTimeout(() => {
      setTyped((before) => ({ ...before, told: wanted }))
      tellNow(wanted)
    }, TYPING)
    return () => clearTimeout(timer)
  }, [typed])
  return { words: typed.words, type: (words) => setTyped((before) => ({ ...before, words })) }
}

function begin(value: string, list: string | undefined) {
  return { words: value, told: value, seen: value, list }
}
