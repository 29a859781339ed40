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

const listeners = new Set<(event: LiveEvent) => void>()

/** Calls back at each change that the server tells, until the returned function is called. */
export function onLiveChange(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Listens to what others change, as long as the page is in view, until the returned function is called.
 *
 * Only in view: a browser has six connections to a server for all its tabs together, and a stream keeps one of them.
 * Whoever looks again is shown all anew, as whoever comes back after a lost connection.
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

  open(): void {
    if (this.#source !== undefined) return
    clearTimeout(this.#timer)
    const source = new EventSource('/api/v1/events')
    this.#source = source
    source.addEventListener('open', () => {
      this.#pause = PAUSE.first
      askAgain()
    })
    source.addEventListener('message', ({ data }: MessageEvent<string>) => this.#take(JSON.parse(data) as LiveEvent))
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
    else if (event.kind === 'resync') askAgain()
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

/** Something may have been missed: what was known before is asked for again. */
function askAgain(): void {
  void queryClient.invalidateQueries()
  tell({ kind: 'resync' })
}

function tell(event: LiveEvent): void {
  for (const queryKey of keysOf(event)) void queryClient.invalidateQueries({ queryKey })
  for (const listener of listeners) listener(event)
}

function keysOf(event: LiveEvent): readonly (readonly string[])[] {
  if (event.kind === 'node') return [['nodes', event.id]]
  if (event.kind === 'folder') return [['folders', event.folder]]
  if (event.kind === 'resync' || event.kind === 'end') return []
  return CONCERNED[event.kind]
}
