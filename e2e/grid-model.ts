/** Something that somebody does with a list of rows. */
export type Deed =
  | { readonly kind: 'move' | 'extend'; readonly key: 'ArrowDown' | 'ArrowUp' | 'Home' | 'End' }
  | { readonly kind: 'click' | 'toggle-click' | 'range-click'; readonly index: number }
  | { readonly kind: 'toggle' | 'all' | 'clear' }

/** What is to be seen after it, said as simply as can be: every member that is selected is named. */
export interface Model {
  /** What has the focus. */
  readonly current: number
  /** Where ranges begin: where the last move without Shift ended. */
  readonly anchor: number
  readonly selected: ReadonlySet<number>
  /** What was selected before the present range, and where that begins: a range takes the place of the former one. */
  readonly before: { readonly anchor: number; readonly selected: ReadonlySet<number> } | undefined
}

/** Nothing is selected, and the first row has the focus. */
export const emptyModel: Model = { current: 0, anchor: 0, selected: new Set(), before: undefined }

/** What becomes of it. @param count how many rows there are */
export function applyToModel(model: Model, deed: Deed, count: number): Model {
  switch (deed.kind) {
    case 'move':
    case 'click': {
      const to = 'index' in deed ? deed.index : destination(model, deed.key, count)
      return { ...model, current: to, anchor: to }
    }
    case 'extend':
      return extended(model, destination(model, deed.key, count))
    case 'range-click':
      return extended(model, deed.index)
    case 'toggle-click':
      return toggled({ ...model, current: deed.index, anchor: deed.index })
    case 'toggle':
      return toggled(model)
    case 'all':
      return { ...model, selected: new Set(Array(count).keys()), before: undefined }
    default:
      return { ...model, selected: new Set(), before: undefined }
  }
}

function destination({ current }: Model, key: string, count: number): number {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return Math.max(0, Math.min(count - 1, current + (key === 'ArrowDown' ? 1 : -1)))
}

function extended(model: Model, to: number): Model {
  const { anchor } = model
  const before = model.before?.anchor === anchor ? model.before : { anchor, selected: model.selected }
  const range = Array.from({ length: Math.abs(to - anchor) + 1 }, (_, at) => Math.min(anchor, to) + at)
  return { current: to, anchor, before, selected: new Set([...before.selected, ...range]) }
}

function toggled(model: Model): Model {
  const selected = new Set(model.selected)
  if (!selected.delete(model.current)) selected.add(model.current)
  return { ...model, selected, before: undefined }
}
