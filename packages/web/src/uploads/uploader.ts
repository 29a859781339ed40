/** Uploading: one queue for the page, whoever adds to it and whoever looks at it. */
import { useSyncExternalStore } from 'react'
import { call } from '../api/client.ts'
import { codeOf } from '../api/failure-words.ts'
import { claim, endClaim, endClaims } from './claims.ts'
import { gatherFiles, wantedOfFiles } from './gather-files.ts'
import { queryClient } from '../api/queries.ts'
import { hashFile } from './hash-file.ts'
import { forgetOrigin, forgetOrigins, keepOrigin } from './kept-origins.ts'
import { leftQuery } from './left-uploads.ts'
import { Selection } from './prepare-selection.ts'
import type { PrepareParts } from './prepare-selection.ts'
import { QuestionDesk } from './question-desk.ts'
import { RateMeter } from './rate-meter.ts'
import { discard, patiently, sendEntry } from './send-entry.ts'
import type { Dropped } from './take-dropped.ts'
import type { UploadEntry, UploadFolder, WantedUpload } from './upload-entry.ts'
import { UploadQueue } from './upload-queue.ts'
import { publishDone, publishEnded, publishStopped, publishSummary } from './upload-summary.ts'

/** Files that are sent at the same time. */
const AT_ONCE = 3
/** Between two looks of the page at how it stands, in milliseconds. */
const PAUSE = 250

/** What is asked. */
export const desk = new QuestionDesk(changedNow)
/** What is uploaded. */
export const queue = new UploadQueue({
  send: sendEntry,
  most: AT_ONCE,
  isQuestion: (failure, { kind }) => kind === 'file' && codeOf(failure) === 'node/name-taken',
  stopsAll,
  onChange: changed,
  onEnd: ended,
  onQuestion: (entry) => {
    noteUrl(entry)
    void new Selection(prepareParts, entry.folder, entry.size).lookAgain(entry)
  },
})
const prepareParts: PrepareParts = {
  queue,
  desk,
  check: (parent, files) =>
    patiently(new AbortController().signal, () =>
      call('POST /api/v1/uploads/check', { body: { parent, files: [...files] } }),
    ),
  hash: ({ file }) => hashFile(file ?? new Blob()),
}
const meter = new RateMeter()
let gathering: number | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let isNew = false
let counts = { done: 0, failed: 0 }
let lastDone: UploadEntry | undefined
let version = 0
let isLeaving = false
const ownUrls = new Set<string>()
const listeners = new Set<() => void>()

/** Uploads files to a folder, after asking what has to be asked. */
async function uploadFiles(folder: UploadFolder, wanted: readonly WantedUpload[]): Promise<void> {
  if (!queue.isBusy && queue.count('failed') === 0) queue.forgetEnded()
  const entries = queue.add(wanted)
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  await new Selection(prepareParts, folder, size).look(entries)
}

/** Uploads files that were chosen; those of a folder with their path from that folder on. */
export function uploadChosen(folder: UploadFolder, files: readonly File[]): Promise<void> {
  return uploadFiles(folder, wantedOfFiles(folder, files))
}

/** Uploads what was dropped or pasted, with all below it. */
export async function uploadDropped(folder: UploadFolder, dropped: readonly Dropped[]): Promise<void> {
  gathering = 0
  changed()
  const wanted = await gatherFiles(folder, dropped, (count) => {
    gathering = count
    changed()
  })
  gathering = undefined
  await uploadFiles(folder, wanted)
}

/** Goes on with something that the server has a part of. */
export function goOn(wanted: WantedUpload): void {
  queue.release(queue.add([wanted]))
}

/** Stops everything and forgets it; what the server has of it stays there. For when somebody signs out. */
export function leaveUploads(): void {
  isLeaving = true
  queue.cancelAll()
  isLeaving = false
  queue.forgetEnded()
  ownUrls.clear()
  endClaims()
  void forgetOrigins()
}

/** How fast bytes are sent, in bytes per second. */
export function currentRate(): { readonly rate: number | undefined; readonly secondsLeft: number | undefined } {
  const { sent, total } = queue.bytes
  return { rate: meter.rate, secondsLeft: meter.timeFor(total - sent) }
}

/** Renders again when something about the uploads has changed, a few times in a second at most. */
export function useUploads(): number {
  return useSyncExternalStore(listen, () => version)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** No room, too many at once, not signed in: the next would fail as this one did. */
function stopsAll(failure: unknown): boolean {
  return /^(storage\/full|upload\/too-many|access\/unauthenticated)$/.test(codeOf(failure) ?? '')
}

function ended(entry: UploadEntry): void {
  desk.review()
  if (entry.state === 'done') {
    counts.done += 1
    lastDone = entry
    isNew = true
  }
  if (entry.state === 'failed') {
    counts.failed += 1
    if (stopsAll(entry.failure)) publishStopped(entry.failure)
  }
  const isGivenUp = entry.state === 'cancelled' || entry.state === 'skipped'
  if (isGivenUp && entry.url !== undefined && !isLeaving) {
    // What cannot be removed now is offered among what was left.
    void discard(entry.url).catch(() => void queryClient.invalidateQueries(leftQuery))
  }
  noteUrl(entry)
  if (entry.state === 'failed' || entry.url === undefined) return
  endClaim(entry.url)
  if (entry.origin !== undefined) void forgetOrigin(entry.url)
}

/** Remembers what the server has of this page's own uploads: it is not left from before. */
function noteUrl({ url, origin, state }: UploadEntry): void {
  if (url === undefined || ownUrls.has(url)) return
  ownUrls.add(url)
  claim(url)
  if (origin !== undefined && state === 'sending') void keepOrigin(url, origin)
}

/** Something has changed: it is told soon, once for all that changes meanwhile. */
function changed(): void {
  timer ??= setTimeout(publish, PAUSE)
}

/** As {@link changed}, at once: a dialog that stayed after its answer would take the next key, too. */
function changedNow(): void {
  clearTimeout(timer)
  timer = setTimeout(publish)
}

function publish(): void {
  timer = undefined
  const { sent, total } = queue.bytes
  if (queue.count('sending') === 0) meter.reset()
  else meter.note(performance.now(), sent)
  const open = openOf()
  for (const entry of queue.first('sending', AT_ONCE)) noteUrl(entry)
  version++
  publishSummary({
    open,
    failed: queue.count('failed'),
    isThere: open + queue.count('failed') + queue.count('done') > 0,
    sent,
    total,
    gathering,
    isAsking: desk.current !== undefined,
    isPaused: queue.isPaused,
    ownUrls,
  })
  for (const listener of listeners) listener()
  if (isNew) publishDone()
  isNew = false
  if (open === 0) tellEnd()
  // Time goes on where nothing else does: the rate falls.
  if (queue.count('sending') > 0) timer ??= setTimeout(publish, 1000)
}

function openOf(): number {
  return (['held', 'ready', 'sending', 'paused'] as const).reduce((sum, state) => sum + queue.count(state), 0)
}

function tellEnd(): void {
  const { done, failed } = counts
  const last = lastDone ?? queue.first('failed', 1)[0]
  counts = { done: 0, failed: 0 }
  lastDone = undefined
  if (done + failed === 0 || last === undefined) return
  publishEnded({ done, failed, name: done + failed === 1 ? last.relativePath : last.folder.name })
}

addEventListener('beforeunload', (event) => {
  if (openOf() > 0 || gathering !== undefined) event.preventDefault()
})
