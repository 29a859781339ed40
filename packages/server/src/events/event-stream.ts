import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { LiveEvent } from '@vitrine/api'

/** Bytes that may wait for one reader at most. Whoever reads more slowly is cut: they come back and ask for all again. */
const mostBuffered = 256 * 1024
/** After how long a reader comes back when the connection breaks, in ms; half as much more at random, so that not all come at once. */
const comesBackAfter = 1000

/** An answer that goes on for as long as its reader listens (`text/event-stream`, WHATWG HTML, section 9.2). */
export class EventStream {
  readonly #response: ServerResponse
  #lastId = 0

  /**
   * Begins the answer. With Fastify, `reply.hijack()` first.
   *
   * @param headers beside those that make it a stream of events that nobody on the way keeps or changes
   */
  constructor(response: ServerResponse, headers: OutgoingHttpHeaders) {
    this.#response = response
    response.on('error', () => response.destroy())
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    this.#write(`retry: ${Math.round(comesBackAfter * (1 + Math.random() / 2))}\n\n`)
  }

  /** Whether it has ended already, whoever ended it: then nobody says so any more. */
  get isOver(): boolean {
    return this.#response.destroyed || this.#response.writableEnded
  }

  /** Called once, when the connection has ended, whoever ended it. */
  onClose(act: () => void): void {
    this.#response.once('close', act)
  }

  /** Tells an event. */
  send(event: LiveEvent): void {
    this.#lastId += 1
    this.#write(`id: ${this.#lastId}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  /** Shows everybody on the way that the connection lives. */
  beat(): void {
    this.#write(': \n\n')
  }

  /** Ends the answer, with the reason for it as its last event. */
  end(reason: Extract<LiveEvent, { kind: 'end' }>['reason']): void {
    this.send({ kind: 'end', reason })
    this.#response.end()
  }

  #write(text: string): void {
    if (this.isOver) return
    this.#response.write(text)
    if (this.#response.writableLength > mostBuffered) this.#response.destroy()
  }
}
