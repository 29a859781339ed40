import type { MatrixLink, MatrixWorld } from './world.ts'

/** What a row asks a link for. */
export interface MatrixAsk {
  /** Path below the root, without the secret: `/linkshare.html/items`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * One public route and method, and how it is attacked. Each route behind the doors has one for each of its methods: the
 * matrix fails when one is missing.
 */
export interface MatrixRow {
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** As the route is registered. */
  readonly url: string
  /**
   * What opens it: the link's token, the capability of a part, or nothing at all because it says nothing.
   */
  readonly secret: 'sh' | 'dl' | 'none'
  /** What to ask a link for, so that its secret gets `ok`. May make first what it asks for, through the public routes. */
  readonly ask: (link: MatrixLink, world: MatrixWorld) => MatrixAsk | Promise<MatrixAsk>
  /** Value of the secret for what is asked; absent: the link's token. */
  readonly secretOf?: (link: MatrixLink, world: MatrixWorld) => Promise<string>
  /** Status with the right secret. */
  readonly ok: number
  /** The same question about another item, for routes that take one. */
  readonly askForItem?: (link: MatrixLink, item: string) => MatrixAsk
  /** Failures are pages for people, not problem+json. */
  readonly isPage?: boolean
  /** Code with a wrong secret; absent: `share-link/not-found`. */
  readonly wrongCode?: string
  /** Status after the link's expiry; absent: 410. */
  readonly afterExpiry?: number
}
