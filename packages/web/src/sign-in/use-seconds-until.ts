import { useEffect, useState } from 'react'

/** Whole seconds until an instant, 0 once it is there; renders again with each. @param instant in ms since the epoch */
export function useSecondsUntil(instant: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (instant <= Date.now()) return undefined
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1000)
    const last = setTimeout(() => clearInterval(timer), instant - Date.now() + 1500)
    return () => {
      clearInterval(timer)
      clearTimeout(last)
    }
  }, [instant])
  return Math.max(0, Math.ceil((instant - now) / 1000))
}
