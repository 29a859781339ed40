/**
 * Which listener an app answers on. `main`: everything. `public`: the three doors alone; it has no
 * session, so nothing on it can answer somebody who is signed in.
 */
export type Listener = 'main' | 'public'

/** Where this process listens, as one reaches it from this machine. Known once it does. */
export class Listeners {
  readonly #urls = new Map<Listener, string>()

  /** @param url without a slash at its end */
  opened(listener: Listener, url: string): void {
    this.#urls.set(listener, url)
  }

  /** Those that are open, with their addresses. */
  get open(): ReadonlyMap<Listener, string> {
    return this.#urls
  }
}
