import type { FastifyInstance } from 'fastify'

/** A route that an app answers. */
export interface RouteRecord {
  readonly method: string
  /** As it was registered: `/linkshare.html/items/:id`. */
  readonly url: string
  /** Whether it was registered behind the public doors. */
  readonly isPublic: boolean
}

const recorded = new WeakMap<FastifyInstance, RouteRecord[]>()
const publicMark = 'isBehindPublicDoors'

/** Keeps a list of the routes that are registered from now on. */
export function recordRoutes(app: FastifyInstance): void {
  const routes: RouteRecord[] = []
  recorded.set(app, routes)
  app.addHook('onRoute', function record(this: FastifyInstance, { method, url }) {
    const isPublic = this.hasDecorator(publicMark)
    for (const one of [method].flat()) routes.push({ method: one, url, isPublic })
  })
}

/** Marks every route that is registered in this scope as public. */
export function markPublic(scope: FastifyInstance): void {
  scope.decorate(publicMark, true)
}

/** Every route of an app. */
export function routesOf(app: FastifyInstance): readonly RouteRecord[] {
  return recorded.get(app) ?? []
}

/** The methods that public routes at a path answer, in alphabetical order; none where there is no such route. */
export function publicMethodsAt(app: FastifyInstance, path: string): string[] {
  const there = routesOf(app).filter((route) => route.isPublic && matches(route.url, path))
  return [...new Set(there.map(({ method }) => method))].sort()
}

function matches(url: string, path: string): boolean {
  const wanted = url.split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at])
}
