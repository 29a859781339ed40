import { useSyncExternalStore } from 'react'
import { noteChange } from '../../api/changes.ts'
import { codeOf, sentenceOf } from '../../api/failure-words.ts'
import { onForget } from '../../api/queries.ts'
import type { Text } from '../../language/text.ts'
import { tell } from '../../notices/notices.ts'
import type { AssetDetail } from '../asset-queries.ts'
import { sendVersion } from './send-version.ts'

/** A new version on its way, or one that did not get there: its file is kept, to be sent again. */
export interface VersionUpload {
  readonly file: File
  /** Share of it that has been sent. */
  readonly share: number
  /** Why it did not get there; undefined: it is on its way. */
  readonly failure: unknown
  readonly cancel: () => void
}

/** By the asset's id. They go on while somebody looks at something else. */
const uploads = new Map<string, VersionUpload>()
const listeners = new Set<() => void>()
onForget(() => {
  for (const { cancel } of uploads.values()) cancel()
})

/** The new version that is on its way to an asset. */
export function useVersionUpload(asset: string): VersionUpload | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => uploads.get(asset),
  )
}

/** Sends a file as the new version of an asset as one has seen it; the end is told. */
export async function uploadVersion(asset: AssetDetail, file: File, text: Text): Promise<void> {
  const { id, name, version = '' } = asset
  const control = new AbortController()
  const cancel = () => {
    control.abort()
    set(id, undefined)
  }
  set(id, { file, share: 0, failure: undefined, cancel })
  try {
    const onShare = (share: number) => set(id, { file, share, failure: undefined, cancel })
    const { outcome } = await sendVersion({ asset: id, seen: version, file, onShare, signal: control.signal })
    set(id, undefined)
    tell(outcome === 'unchanged' ? 'info' : 'done', text(wordsFor(outcome), { name }))
  } catch (failure) {
    if (control.signal.aborted) return
    set(id, { file, share: 0, failure, cancel })
    // Whoever looks at the asset sees it there; with others it is told.
    if (codeOf(failure) !== 'node/changed') tell('failed', sentenceOf(failure, text))
  } finally {
    noteChange()
  }
}

function wordsFor(outcome: 'created' | 'version' | 'unchanged') {
  return outcome === 'unchanged' ? 'assets.upload.unchanged' : 'assets.upload.stored'
}

function set(asset: string, upload: VersionUpload | undefined): void {
  if (upload === undefined) uploads.delete(asset)
  else uploads.set(asset, upload)
  for (const listener of listeners) listener()
}
