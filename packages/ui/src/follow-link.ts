import type { MouseEvent } from 'react'

/** Whether a click on a link is for the page: with a modifier the browser opens its own tab or window. */
export function isPlainClick(event: MouseEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0
}
