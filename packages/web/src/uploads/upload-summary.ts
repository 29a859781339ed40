/**
 * What the frame of the application knows of uploads, before and without the code that uploads.
 */
import { useSyncExternalStore } from 'react'

/** How uploads stand. */
export interface UploadSummary {
  /** Files and folders that have not come to an end. */
  readonly open: number
  /** Those that failed, and were neither sent again nor given up. */
  readonly failed: number
  /** There is something to see in the panel. */
  readonly isThere: boolean
  /** Bytes. */
  readonly sent: number
  readonly total: number
  /** Folders are looked through; so many files were found. Undefined: none are. */
  readonly gathering: number | undefined
  /** Only the person can say how it goes on. */
  readonly isAsking: boolean
  readonly isPaused: boolean
  /** Addresses of what this page is sending, or will. */
  readonly ownUrls: ReadonlySet<string>
}

/** Nothing was uploaded. */
const NONE: UploadSummary = {
  open: 0,
  failed: 0,
  isThere: false,
  sent: 0,
  total: 0,
  gathering: undefined,
  isAsking: false,
  isPaused: false,
  ownUrls: new Set(),
}

/** What came of all that was uploaded together, once the last of it has ended. */
export interface UploadsEnded {
  readonly done: number
  readonly failed: number
  /** Name of the only one, or of the folder that they went to. */
  readonly name: string
}

let summary = NONE
const summaryListeners = new Set<() => void>()
const doneListeners = new Set<() => void>()
const stoppedListeners = new Set<(failure: unknown) => void>()
const endedListeners = new Set<(ended: UploadsEnded) => void>()

/** Says how uploads stand now. */
export function publishSummary(next: UploadSummary): void {
  summary = next
  for (const listener of summaryListeners) listener()
}

/** How uploads stand; renders again when that changes, a few times in a second at most. */
export function useUploadSummary(): UploadSummary {
  return useSyncExternalStore(listenToSummary, () => summary)
}

function listenToSummary(listener: () => void): () => void {
  summaryListeners.add(listener)
  return () => summaryListeners.delete(listener)
}

/** Says that something new lies in the repository. */
export function publishDone(): void {
  for (const listener of doneListeners) listener()
}

/** Calls back when something was uploaded, at most twice in a second, until the returned function is called. */
export function onUploaded(listener: () => void): () => void {
  doneListeners.add(listener)
  return () => doneListeners.delete(listener)
}

/** Says why all the others wait. */
export function publishStopped(failure: unknown): void {
  for (const listener of stoppedListeners) listener(failure)
}

/** Calls back when one has failed as all the others would, so that they wait; until the returned function is called. */
export function onUploadsStopped(listener: (failure: unknown) => void): () => void {
  stoppedListeners.add(listener)
  return () => stoppedListeners.delete(listener)
}

/** Says that nothing is left to be sent. */
export function publishEnded(ended: UploadsEnded): void {
  for (const listener of endedListeners) listener(ended)
}

/** Calls back when the last of what was uploaded together has ended, until the returned function is called. */
export function onUploadsEnded(listener: (ended: UploadsEnded) => void): () => void {
  endedListeners.add(listener)
  return () => endedListeners.delete(listener)
}
