import { useEffect, useEffectEvent } from 'react'
import type { ListSelection } from './use-selection.ts'

/** Ctrl-A selects the items also when the focus is nowhere: selecting the page's text would help nobody. */
export function useSelectAllKey(selection: ListSelection): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== document.body) return
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      selection.selectAll()
    } else if (event.key === 'Escape') selection.clear()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
