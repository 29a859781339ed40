import { noteChange } from '../api/changes.ts'
import { sentenceOf } from '../api/failure-words.ts'
import type { Text } from '../language/text.ts'
import { hide, tell } from '../notices/notices.ts'
import { runOperation, undoOperation } from './operations.ts'
import type { NodeSelection, Operation, WantedOperation } from './operations.ts'
import { askAboutNames, askForFolder } from './questions.ts'
import type { ChosenWay } from './questions.ts'
import { sentenceOfNode } from './failed-nodes.ts'
import { noteUndoable, undoableOf, undoOnce } from './undo-stack.ts'
import { openWork } from './work-open.ts'

/** Something that is done to many nodes. */
export interface Deed {
  readonly kind: WantedOperation['kind']
  readonly selection: NodeSelection
  /** The name of what it is done to, where that is one node. */
  readonly name: string | undefined
  /** The folder where things go. */
  readonly to?: { readonly id: string; readonly name: string }
  readonly conflict?: ChosenWay
}

/**
 * Does something to many nodes, tells what came of it, and asks where it cannot go on by itself: names that are taken,
 * folders that are gone. What was done can be taken back from the notice, and with Ctrl+Z.
 *
 * @returns whether it began
 */
export async function operate(deed: Deed, text: Text): Promise<boolean> {
  const { kind, selection, to, conflict } = deed
  try {
    const operation = await runOperation({
      kind,
      selection,
      ...(to === undefined ? {} : { to: to.id }),
      ...(conflict === undefined ? {} : { conflict }),
    })
    noteChange()
    tellOutcome(operation, deed, text)
    await goOn(operation, deed, text)
    return true
  } catch (failure) {
    noteChange()
    tell('failed', sentenceOf(failure, text))
    return false
  }
}

/** Failures that are asked about, and told by nobody else. */
const asked = { taken: 'node/name-taken', gone: 'node/place-gone' }

function tellOutcome(operation: Operation, deed: Deed, text: Text): void {
  const { progress, failures, failed, state, undo } = operation
  const count = progress.done - failed
  if (count > 0) {
    const isNamed = deed.name !== undefined && progress.total === 1
    const what = isNamed ? text('operation.named', { name: deed.name }) : itemsOf(count, text)
    const facts = { what, folder: deed.to?.name ?? '' }
    const words = text(wordsOf(deed), facts)
    if (undo) tellUndoable(words, () => takeBack(operation, text), text, operation.id)
    else tell('done', words)
  }
  if (state === 'cancelled')
    tell('info', text('operation.cancelled', { items: itemsOf(progress.total - progress.done, text) }))
  const others = failures.filter(({ code }) => code !== asked.taken && code !== asked.gone)
  const first = others[0]
  if (first === undefined) return
  const told = failed - (failures.length - others.length)
  tell('failed', text('operation.failed', { items: itemsOf(told, text), reason: sentenceOfNode(first, text) }), {
    label: text('operation.show'),
    run: openWork,
  })
}

function itemsOf(count: number, text: Text): string {
  return text('files.items', { count })
}

function wordsOf({ kind, to }: Deed) {
  return kind === 'restore' && to !== undefined
    ? ('operation.done.restoreTo' as const)
    : (`operation.done.${kind}` as const)
}

/**
 * Tells something that was done and can be taken back: from the notice, or with Ctrl+Z.
 *
 * @param operation id of the operation, where it was one
 */
export function tellUndoable(words: string, undo: () => Promise<void>, text: Text, operation?: string): void {
  const id = tell('done', words, { label: text('operation.undo'), run: () => void undoOnce(undoable) })
  const undoable = {
    undo: () => {
      hide(id)
      return undo()
    },
    operation,
  }
  noteUndoable(undoable)
}

/** Takes an operation back from elsewhere than its notice: that, and Ctrl+Z, do not take it back once more. */
export async function takeBackListed(operation: Operation, text: Text): Promise<void> {
  const undoable = undoableOf(operation.id)
  await (undoable === undefined ? takeBack(operation, text) : undoOnce(undoable))
}

/** Takes an operation back, and tells what came of it. */
async function takeBack(operation: Operation, text: Text): Promise<void> {
  try {
    const back = await undoOperation(operation)
    const [first] = back.failures
    if (back.progress.done > back.failed)
      tell('done', text('operation.undone', { items: itemsOf(back.progress.done - back.failed, text) }))
    if (first !== undefined) {
      tell(
        'failed',
        text('operation.undo.failed', { items: itemsOf(back.failed, text), reason: sentenceOfNode(first, text) }),
        {
          label: text('operation.show'),
          run: openWork,
        },
      )
    }
  } catch (failure) {
    tell('failed', sentenceOf(failure, text))
  }
  noteChange()
}

async function goOn({ failures }: Operation, deed: Deed, text: Text): Promise<void> {
  const taken = failures.filter(({ code }) => code === asked.taken)
  if (taken.length > 0) {
    const way = await askAboutNames({
      names: taken.map(({ name }) => name),
      count: taken.length,
      ways: deed.kind === 'restore' ? ['keep-both', 'skip'] : ['keep-both', 'version', 'skip'],
    })
    if (way !== undefined && way !== 'skip') await operate({ ...deed, ...only(taken), conflict: way }, text)
  }
  const gone = failures.filter(({ code }) => code === asked.gone)
  if (gone.length === 0) return
  const to = await askForFolder()
  if (to !== undefined) await operate({ ...deed, ...only(gone), to }, text)
}

function only(failures: Operation['failures']): Pick<Deed, 'selection' | 'name'> {
  return {
    selection: { nodes: failures.map(({ id }) => id) },
    name: failures.length === 1 ? failures[0]?.name : undefined,
  }
}
