import { useEffect } from 'react'

/** Names the page in the browser's tab, and for who hears the page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Vitrine`
  }, [title])
}
