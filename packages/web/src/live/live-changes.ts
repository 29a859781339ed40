import type { LiveEvent } from '@vitrine/api'
import { meQuery, queryClient } from '../api/queries.ts'

/** Pauses before another stream is asked for when the server refuses one, in milliseconds. */
const PAUSE = { first: 2000, last: 60_000, growth: 2 }

/** Answers that each kind of event makes old, by their query's key. */
const CONCERNED = {
  'share-links': [['share-links'], ['shared-with-me'], ['nodes']],
  downloads: [['downloads']],
  notices: [['notices']],
  work: [['operations'], ['imports']],
} as const

/** A stream that was longer in opening than this may have missed what was changed meanwhile, in milliseconds. */
const SOON = 1000

/** Something may have been missed. */
export interface Resync {
  readonly kind: 'resync'
  /** What was answered earlier than this may be old, in ms since the Unix epoch; infinite: everything. */
  readonly before: number
}

/** What is different, or may be. */
export type LiveChange = Exclude<LiveEvent, { readonly kind: 'resync' | 'end' }> | Resync

const listeners = new Set<(change: LiveChange) => void>()

/** Calls back at each change that the server tells, until the returned function is called. */
export function onLiveChange(listener: (change: LiveChange) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Listens to what others change, as long as the page is in view, until the returned function is called.
 *
 * Only in view: a browser has six connections to a server for all its tabs together, and a stream keeps one of them.
 * Whoever looks again is shown all anew, as whoever comes back after a lost connection. At first that is what was answered
 * before the stream was asked for: all else has just come.
 */
export function followLiveChanges(): () => void {
  const stream = new LiveStream()
  const turn = () => (document.visibilityState === 'visible' ? stream.open() : stream.close())
  document.addEventListener('visibilitychange', turn)
  turn()
  return () => {
    document.removeEventListener('visibilitychange', turn)
    stream.close()
  }
}

class LiveStream {
  #source: EventSource | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = PAUSE.first
  #wasOpen = false

  open(): void {
    if (this.#source !== undefined) return
    clearTimeout(this.#timer)
    const source = new EventSource('/api/v1/events')
    this.#source = source
    const madeAt = Date.now()
    let [hasHeard, isAwaitingResync] = [false, false]
    source.addEventListener('open', () => {
      this.#pause = PAUSE.first
      askAgain(this.#wasOpen || Date.now() - madeAt > SOON ? Infinity : madeAt)
      this.#wasOpen = true
      isAwaitingResync = hasHeard
    })
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as LiveEvent
      // To whoever comes back and has heard something before, this is told first; opening has done it.
      const isDone = isAwaitingResync && event.kind === 'resync'
      hasHeard = true
      isAwaitingResync = false
      if (!isDone) this.#take(event)
    })
    // By itself it comes back only from a connection that broke, not from a refusal.
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) this.#openLater()
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = undefined
  }

  #openLater(): void {
    this.close()
    this.#timer = setTimeout(() => this.open(), this.#pause)
    this.#pause = Math.min(PAUSE.last, this.#pause * PAUSE.growth)
  }

  #take(event: LiveEvent): void {
    if (event.kind === 'end') this.#end(event.reason)
    else if (event.kind === 'resync') askAgain(Infinity)
    else tell(event)
  }

  #end(reason: Extract<LiveEvent, { kind: 'end' }>['reason']): void {
    // Of a server that stops the browser asks again by itself.
    if (reason === 'stopping') return
    // The person has eight newer pages in view: this one asks when it is looked at again.
    if (reason === 'replaced') this.close()
    else {
      this.#openLater()
      void queryClient.invalidateQueries(meQuery)
    }
  }
}

/** Something may have been missed: what was answered before is asked for again. */
function askAgain(before: number): void {
  void queryClient.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt < before })
  tell({ kind: 'resync', before })
}

function tell(change: LiveChange): void {
  for (const queryKey of keysOf(change)) void queryClient.invalidateQueries({ queryKey })
  for (const listener of listeners) listener(change)
}

function keysOf(change: LiveChange): readonly (readonly string[])[] {
  if (change.kind === 'node') return [['nodes', change.id]]
  if (change.kind === 'folder') return [['folders', change.folder]]
  return change.kind === 'resync' ? [] : CONCERNED[change.kind]
}
