import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/** The height of an element, in pixels; renders again when it changes. */
export function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setHeight(element.current?.offsetHeight ?? 0))
    if (element.current !== null) observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return height
}
