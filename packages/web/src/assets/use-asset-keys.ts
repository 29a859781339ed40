import { useEffect, useEffectEvent } from 'react'
import type { ZoomHandle } from '@vitrine/ui/ZoomView.tsx'

/** What keys do on the page of an asset. */
export interface AssetKeys {
  readonly tools: { readonly current: ZoomHandle | null }
  readonly previous: () => void
  readonly next: () => void
  readonly close: () => void
}

/** So far a key moves the picture, in pixels. */
const STEP = 80

/** What has keys of its own. */
const OTHERS = '[role=dialog], [role=alertdialog], [role=menu], [role=tablist], [role=slider], input, textarea, select'

/** Arrows turn over, with Shift they move the picture; plus and minus enlarge, 0 fits, 1 shows the real size, Escape closes. */
export function useAssetKeys(keys: AssetKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isElsewhere = (event.target as HTMLElement).closest(OTHERS) !== null
    if (isElsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const act = event.shiftKey ? moveOf(event.key, keys) : actOf(event.key, keys)
    if (act === undefined) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function actOf(key: string, keys: AssetKeys): (() => void) | undefined {
  const { tools } = keys
  const [left, right] = document.dir === 'rtl' ? [keys.next, keys.previous] : [keys.previous, keys.next]
  const acts: Record<string, () => void> = {
    ArrowLeft: left,
    ArrowRight: right,
    Escape: keys.close,
    '+': () => tools.current?.by(1.25),
    '=': () => tools.current?.by(1.25),
    '-': () => tools.current?.by(0.8),
    '0': () => tools.current?.fit(),
    '1': () => tools.current?.to(1),
  }
  return acts[key]
}

function moveOf(key: string, { tools }: AssetKeys): (() => void) | undefined {
  const move = (dx: number, dy: number) => () => tools.current?.move(dx, dy)
  const moves: Record<string, () => void> = {
    ArrowLeft: move(STEP, 0),
    ArrowRight: move(-STEP, 0),
    ArrowUp: move(0, STEP),
    ArrowDown: move(0, -STEP),
    // On many keyboards it is typed with Shift.
    '+': () => tools.current?.by(1.25),
  }
  return moves[key]
}
