/** What a key does in a tree. */
export type TreeStep =
  | { readonly do: 'focus'; readonly item: HTMLElement }
  | { readonly do: 'expand' }
  | { readonly do: 'collapse' }
  | { readonly do: 'choose' }

/** Letters that were typed: those that follow soon belong together. */
export interface Typed {
  text: string
  /** When the last was typed, in ms since the page was loaded. */
  at: number
}

/** Letters that come later begin anew, in milliseconds. */
const TOGETHER = 700

/** What a key does at an item of a tree, as the ARIA tree pattern has it; undefined: nothing. */
export function treeStep(key: string, item: HTMLElement, tree: HTMLElement | null, typed: Typed): TreeStep | undefined {
  const items = [...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
  const at = items.indexOf(item)
  const isExpanded = item.getAttribute('aria-expanded')
  const rightToLeft = getComputedStyle(item).direction === 'rtl'
  switch (key) {
    case 'ArrowDown':
      return focus(items[at + 1])
    case 'ArrowUp':
      return focus(items[at - 1])
    case 'Home':
      return focus(items[0])
    case 'End':
      return focus(items.at(-1))
    case 'Enter':
    case ' ':
      return { do: 'choose' }
    case rightToLeft ? 'ArrowLeft' : 'ArrowRight':
      return isExpanded === 'false' ? { do: 'expand' } : isExpanded === 'true' ? focus(childOf(item)) : undefined
    case rightToLeft ? 'ArrowRight' : 'ArrowLeft':
      return isExpanded === 'true' ? { do: 'collapse' } : focus(parentOf(item))
    default:
      return key.length === 1 ? focus(named(items, at, key, typed)) : undefined
  }
}

function focus(item: HTMLElement | null | undefined): TreeStep | undefined {
  return item === null || item === undefined ? undefined : { do: 'focus', item }
}

function childOf(item: HTMLElement): HTMLElement | null {
  return item.parentElement?.querySelector<HTMLElement>(':scope > ul [role=treeitem]') ?? null
}

/** The item in whose group another one stands: each stands in a list item of its own, before the group of its children. */
export function parentOf(item: HTMLElement): HTMLElement | null {
  return item.closest('ul')?.closest('li')?.querySelector<HTMLElement>(':scope > [role=treeitem]') ?? null
}

/** The next item, after this one and round, whose name begins with what was typed. */
function named(items: readonly HTMLElement[], at: number, letter: string, typed: Typed): HTMLElement | undefined {
  const now = performance.now()
  typed.text = now - typed.at < TOGETHER ? typed.text + letter : letter
  typed.at = now
  const wanted = typed.text.toLocaleLowerCase()
  // Further letters may still mean the item that the first led to.
  const from = typed.text.length > 1 ? at : at + 1
  return [...items.slice(from), ...items.slice(0, from)].find((item) =>
    item.textContent.trim().toLocaleLowerCase().startsWith(wanted),
  )
}
