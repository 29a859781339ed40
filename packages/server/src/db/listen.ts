import { setTimeout as sleep } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'

/**
 * What a listener is told. `missed`: the connection was down for a while, and what was said meanwhile is
 * lost, so look yourself; there is no payload then.
 */
export interface Notification {
  readonly payload: string
  readonly missed: boolean
}

/** Told of notifications. It must not throw. */
export type Listener = (notification: Notification) => void

/** A connection that listens to `NOTIFY`. It is opened again whenever it breaks; then every listener hears `missed`. */
export class Notifications {
  readonly #url: string
  readonly #onTrouble: (error: unknown) => void
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #closing = new AbortController()
  #client: Client | undefined

  private constructor(url: string, onTrouble: (error: unknown) => void) {
    this.#url = url
    this.#onTrouble = onTrouble
  }

  /**
   * Connects.
   *
   * @param onTrouble told of each break and each failed attempt
   */
  static async open(url: string, onTrouble: (error: unknown) => void = () => {}): Promise<Notifications> {
    const notifications = new Notifications(url, onTrouble)
    await notifications.#connect()
    return notifications
  }

  /** Listens to a channel, from when it answers on. The result stops it. */
  async on(channel: string, listener: Listener): Promise<() => void> {
    const listeners = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, listeners.add(listener))
    // Where the connection is down at this moment, the next one listens to it.
    await this.#client?.query(listenTo(channel)).catch(this.#onTrouble)
    return () => void listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#client?.end().catch(this.#onTrouble)
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.#url, keepAlive: true, application_name: 'vitrine-listen' })
    client.on('error', this.#onTrouble)
    client.on('notification', ({ channel, payload }) => this.#tell(channel, { payload: payload ?? '', missed: false }))
    try {
      await client.connect()
      for (const channel of this.#listeners.keys()) await client.query(listenTo(channel))
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    client.once('end', () => void this.#reconnect())
    this.#client = client
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing
    this.#client = undefined
    for (let pause = 20; !signal.aborted; pause = Math.min(pause * 2, 5000)) {
      try {
        await this.#connect()
        return this.#tellAll()
      } catch (error) {
        this.#onTrouble(error)
        await sleep(pause, undefined, { signal, ref: false }).catch(() => {})
      }
    }
  }

  #tellAll(): void {
    for (const channel of this.#listeners.keys()) this.#tell(channel, { payload: '', missed: true })
  }

  #tell(channel: string, notification: Notification): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(notification)
  }
}

function listenTo(channel: string): string {
  return `listen ${escapeIdentifier(channel)}`
}
