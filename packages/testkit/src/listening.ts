import { isDeepStrictEqual } from 'node:util'
import type { LiveEvent } from '@vitrine/api'

/** Somebody who listens to a stream of events. */
export interface Listening extends Disposable {
  readonly status: number
  readonly headers: Headers
  /** What was told so far, in order. */
  readonly events: readonly LiveEvent[]
  /** Everything that came, as it came. */
  readonly text: () => string
  /** Resolves when this has been told, from this many events on. Rejects when the stream ends before. */
  told(event: LiveEvent, from?: number): Promise<void>
  /** Resolves when the stream has ended, in whatever way. */
  readonly ended: Promise<void>
  /** Goes away. */
  close(): void
}

/** Listens to the events of a server. */
export async function listenTo(server: string, headers: Readonly<Record<string, string>>): Promise<Listening> {
  const leaving = new AbortController()
  const response = await fetch(`${server}/api/v1/events`, { headers, signal: leaving.signal })
  const events: LiveEvent[] = []
  const waiting = new Set<() => void>()
  let text = ''
  let isOver = false
  const wakeAll = () => waiting.forEach((wake) => wake())
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      events.splice(0, events.length, ...eventsIn(text))
      wakeAll()
    }
  }
  const ended = read()
    .catch(() => undefined)
    .finally(() => {
      isOver = true
      wakeAll()
    })
  const told = async (event: LiveEvent, from = 0) => {
    while (!events.slice(from).some((one) => isDeepStrictEqual(one, event))) {
      if (isOver) throw new Error(`the stream ended without ${JSON.stringify(event)}`)
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      await promise
      waiting.delete(resolve)
    }
  }
  const close = () => leaving.abort()
  const { status } = response
  return {
    status,
    headers: response.headers,
    events,
    text: () => text,
    told,
    ended,
    close,
    [Symbol.dispose]: close,
  }
}

function eventsIn(text: string): LiveEvent[] {
  const whole = text.slice(0, text.lastIndexOf('\n\n') + 1)
  return [...whole.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as LiveEvent)
}
