import { useSyncExternalStore } from 'react'

/** Pauses between two looks whether the server is back, in milliseconds. */
const PAUSE = { first: 1000, last: 10_000, growth: 1.6 }

let isLost = false
let pause = PAUSE.first
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const returns = new Set<() => void>()

/** Whether the server was out of reach at the last request. */
export function useConnectionLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isLost,
  )
}

/** Calls back each time that the server is there again, until the returned function is called. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener)
  return () => returns.delete(listener)
}

/** Waits until the server is there again. */
export function returned(): Promise<void> {
  return new Promise((resolve) => {
    const stop = onReturn(() => {
      stop()
      resolve()
    })
  })
}

/** Notes that the server has answered. */
export function noteReached(): void {
  if (!isLost) return
  clearTimeout(timer)
  isLost = false
  pause = PAUSE.first
  tell(listeners)
  tell(returns)
}

/** Notes that the server is out of reach; from now on it is looked for. */
export function noteLost(): void {
  if (isLost) return
  isLost = true
  tell(listeners)
  lookLater()
}

function lookLater(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void look(), pause)
  pause = Math.min(PAUSE.last, pause * PAUSE.growth)
}

async function look(): Promise<void> {
  if (!isLost) return
  if (await isServerThere()) noteReached()
  else lookLater()
}

/** Whether the server answers, and can work. */
export async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/readyz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

addEventListener('online', () => void look())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void look())

function tell(whom: ReadonlySet<() => void>): void {
  for (const listener of whom) listener()
}
