import { useSyncExternalStore } from 'react'
import type { SparsePages } from './sparse-pages.ts'

/** Renders again whenever the pages change. @returns the version, for dependencies */
export function usePagesVersion(pages: SparsePages<unknown>): number {
  return useSyncExternalStore(
    (listener) => pages.subscribe(listener),
    () => pages.version,
  )
}
