import { useCallback } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ROOT_ID } from '@vitrine/domain'
import { prefer, usePreferences } from '@vitrine/ui/preferences.ts'
import type { FolderView } from '@vitrine/ui/preferences.ts'
import type { ItemSort } from '@vitrine/api/public'
import type { FilesSearch } from './routes.ts'

/** How a folder is looked at, and how that changes. All of it stands in the address. */
export interface FilesPlace {
  readonly view: FolderView
  readonly sort: ItemSort
  readonly filter: string
  /** Another way of looking at the same folder: no step that Back undoes. */
  readonly change: (change: FilesSearch) => void
  /** Goes to another folder; it is looked at in the same way. */
  readonly goTo: (nodeId: string) => void
  /** Opens an asset, among those that are listed here. */
  readonly openAsset: (nodeId: string) => void
}

/** How the folder in the address is looked at. */
export function useFilesPlace(): FilesPlace {
  const navigate = useNavigate()
  const { view, sort, filter }: FilesSearch = useSearch({ strict: false })
  const { folderView } = usePreferences()
  const change = useCallback(
    (wanted: FilesSearch) => {
      if (wanted.view !== undefined) prefer({ folderView: wanted.view })
      const search = (before: FilesSearch) => ({ ...before, ...wanted })
      void navigate({ to: '.', search: search as never, replace: true, resetScroll: false })
    },
    [navigate],
  )
  const goTo = useCallback(
    (nodeId: string) => {
      const search = { view, sort, filter: undefined }
      void (nodeId === ROOT_ID
        ? navigate({ to: '/files', search })
        : navigate({ to: '/files/$nodeId', params: { nodeId }, search }))
    },
    [navigate, view, sort],
  )
  const openAsset = useCallback(
    (nodeId: string) => void navigate({ to: '/assets/$nodeId', params: { nodeId }, search: { sort, filter } }),
    [navigate, sort, filter],
  )
  return { view: view ?? folderView, sort: sort ?? 'name', filter: filter ?? '', change, goTo, openAsset }
}

/** Address of a folder, root-relative. */
export function folderHref(nodeId: string): string {
  return nodeId === ROOT_ID ? '/files' : `/files/${nodeId}`
}
