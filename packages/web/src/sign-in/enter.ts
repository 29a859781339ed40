import type { RouterHistory } from '@tanstack/react-router'
import { isInApplication } from './destination.ts'

/**
 * Goes where somebody wanted to go, in place of the page before.
 *
 * @param to as `destinationOf` let it through
 */
export function enter(history: RouterHistory, to = '/'): void {
  if (isInApplication(pathOf(to))) history.replace(to)
  else location.replace(to)
}

function pathOf(address: string): string {
  return new URL(address, location.origin).pathname
}
