import { useEffect } from 'react'
import { onForget } from '../api/queries.ts'
import { isTyping } from './is-typing.ts'

/** Something that was done and can be taken back. */
export interface Undoable {
  readonly undo: () => Promise<void>
  /** Id of the operation that is taken back, where it is one: it can be taken back from elsewhere, too. */
  readonly operation: string | undefined
}

/** So many are kept. */
const MOST = 50

let stack: readonly Undoable[] = []
onForget(() => (stack = []))

/** Notes that something can be taken back: Ctrl+Z takes back the last of these. */
export function noteUndoable(undoable: Undoable): void {
  stack = [...stack, undoable].slice(-MOST)
}

/** What takes an operation back, as long as that has not been done. */
export function undoableOf(operation: string): Undoable | undefined {
  return stack.find((one) => one.operation === operation)
}

/** Takes something back, once. */
export async function undoOnce(undoable: Undoable): Promise<void> {
  if (!stack.includes(undoable)) return
  stack = stack.filter((one) => one !== undoable)
  await undoable.undo()
}

/** Lets Ctrl+Z take back what was done last, unless somebody types. */
export function useUndoKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'z') return
      const last = stack.at(-1)
      if (last === undefined || isTyping(event.target)) return
      event.preventDefault()
      void undoOnce(last)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
