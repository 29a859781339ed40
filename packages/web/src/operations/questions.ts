import { useSyncExternalStore } from 'react'
import { onForget } from '../api/queries.ts'

/** What becomes of what has a name that is taken where it is to go. */
export type ChosenWay = 'keep-both' | 'skip' | 'version'

/** Names that are taken. */
export interface NameQuestion {
  readonly ask: 'names'
  readonly names: readonly string[]
  /** How many there are; more than are named. */
  readonly count: number
  readonly ways: readonly ChosenWay[]
  /** @param way undefined: none of them goes */
  readonly answer: (way: ChosenWay | undefined) => void
}

/** Things whose folder is gone: another one is needed. */
export interface FolderQuestion {
  readonly ask: 'folder'
  /** @param folder undefined: they stay where they are */
  readonly answer: (folder: { readonly id: string; readonly name: string } | undefined) => void
}

/** What is to be asked before an operation goes on. */
export type Question = NameQuestion | FolderQuestion

let waiting: readonly Question[] = []
const listeners = new Set<() => void>()
// Left without an answer: with one, what has asked would go on as somebody else.
onForget(() => change([]))

/** Asks what becomes of names that are taken. */
export function askAboutNames(facts: Pick<NameQuestion, 'names' | 'count' | 'ways'>): Promise<ChosenWay | undefined> {
  return new Promise((resolve) => ask((answer) => ({ ask: 'names', ...facts, answer }), resolve))
}

/** Asks for a folder in place of one that is gone. */
export function askForFolder(): Promise<{ readonly id: string; readonly name: string } | undefined> {
  return new Promise((resolve) => ask((answer) => ({ ask: 'folder', answer }), resolve))
}

/** The question that is to be asked now; renders again when that changes. */
export function useQuestion(): Question | undefined {
  return useSyncExternalStore(listen, () => waiting[0])
}

function ask<Answer>(make: (answer: (given: Answer) => void) => Question, resolve: (given: Answer) => void): void {
  const question = make((given) => {
    if (!waiting.includes(question)) return
    change(waiting.filter((one) => one !== question))
    resolve(given)
  })
  change([...waiting, question])
}

function change(next: readonly Question[]): void {
  waiting = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
