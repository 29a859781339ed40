import { useRef } from 'react'
import type { PointerEvent } from 'react'

/** So long a finger rests for it to count, in milliseconds. */
const LONG = 550
/** So far it may stray, in pixels. */
const NEAR = 10

/** Tells when a finger rests on something. Browsers that tell it themselves, as a context menu, are left to it. */
export function useLongTouch(onLong: (target: EventTarget, x: number, y: number) => void) {
  const touch = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly x: number; readonly y: number }>(
    undefined,
  )
  const end = () => {
    clearTimeout(touch.current?.timer)
    touch.current = undefined
  }
  return {
    onPointerDown: ({ pointerType, isPrimary, target, clientX, clientY }: PointerEvent) => {
      end()
      if (pointerType !== 'touch' || !isPrimary) return
      const timer = setTimeout(() => {
        touch.current = undefined
        onLong(target, clientX, clientY)
      }, LONG)
      touch.current = { timer, x: clientX, y: clientY }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const from = touch.current
      if (from !== undefined && Math.hypot(clientX - from.x, clientY - from.y) > NEAR) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenuCapture: end,
  }
}
