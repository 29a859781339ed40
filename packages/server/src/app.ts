import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { accessRoutes } from './access/routes.ts'
import { publicDownloadRoutes } from './downloads/public-routes.ts'
import { downloadRoutes } from './downloads/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { Authentication, requireSignIn } from './http/authenticate.ts'
import { appPageRoutes } from './http/app-page.ts'
import { answerErrors } from './http/errors.ts'
import { healthRoutes } from './http/health.ts'
import { metricsRoute } from './http/metrics.ts'
import { openApi } from './http/open-api.ts'
import type { Listener } from './http/listeners.ts'
import type { Pages } from './http/page.ts'
import { openPublicDoors } from './http/public-doors.ts'
import { answerRequestIds } from './http/request-id.ts'
import { recordRoutes, routesOf } from './http/routes-of.ts'
import { securityHeaders } from './http/security-headers.ts'
import { answerUnreadable, answerUnroutable } from './http/unroutable.ts'
import { importRoutes } from './import/routes.ts'
import type { Parts } from './parts.ts'
import { signInRoute } from './people/public-routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { heldLinksOf } from './share-links/held-links.ts'
import { noMembers, type DoorParts } from './share-links/members-door.ts'
import { noticeRoutes } from './share-links/notice-routes.ts'
import { publicShareLinkRoutes } from './share-links/public-routes.ts'
import { closingCheckRoute, type KnownRoutes } from './share-links/closing-check-routes.ts'
import { shareLinkRoutes } from './share-links/routes.ts'
import { sharedWithMeRoute } from './share-links/shared-with-me-routes.ts'
import { operationRoutes } from './operations/routes.ts'
import { renditionRoutes } from './renditions/routes.ts'
import { repositoryRoutes } from './repository/routes.ts'
import { uploadRoutes } from './uploads/routes.ts'

/** Mounts the features: the whole surface on one screen. */
export async function createApp(parts: Parts, listener: Listener): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: parts.log,
    trustProxy: parts.config.trustProxy,
    bodyLimit: 1 << 20,
    genReqId: () => parts.newId(),
    requestIdHeader: false,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: 1000 },
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  })
  recordRoutes(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await securityHeaders(app)
  await app.register(cookie)
  answerRequestIds(app)
  answerErrors(app)
  parts.metrics.observe(app)
  // The public listener has nothing that could tell who somebody is.
  const authentication = listener === 'main' ? new Authentication(parts) : undefined
  const members = authentication === undefined ? noMembers : authentication.membersDoor
  await openPublicDoors(app, parts, (doors, pages) => publicRoutes(doors, { ...parts, members }, pages))
  if (authentication) await mainRoutes(app, parts, authentication)
  return app
}

/** What strangers can ask for, on both listeners. Each has a row in the attack matrix and in SECURITY.md. */
function publicRoutes(doors: FastifyInstance, parts: DoorParts, pages: Pages): void {
  publicShareLinkRoutes(doors, parts, pages)
  publicDownloadRoutes(doors, parts)
}

async function mainRoutes(app: FastifyInstance, parts: Parts, authentication: Authentication): Promise<void> {
  healthRoutes(app, parts)
  metricsRoute(app, parts.metrics)
  signInRoute(app, { ...parts, credentials: authentication.credentials })
  await appPageRoutes(app)
  await app.register(async (scope) => {
    requireSignIn(scope, authentication)
    await openApi(scope)
    signedInRoutes(
      scope,
      { ...parts, publicRoutes: () => routesOf(app).filter(({ isPublic }) => isPublic) },
      authentication,
    )
  })
}

/** Everything that only people who are signed in can ask for: `signedInOf(request)` says who it is. */
function signedInRoutes(scope: FastifyInstance, parts: Parts & KnownRoutes, { credentials }: Authentication): void {
  peopleRoutes(scope, { ...parts, credentials, heldLinks: heldLinksOf(parts) })
  accessRoutes(scope, parts)
  repositoryRoutes(scope, parts)
  uploadRoutes(scope, parts)
  renditionRoutes(scope, parts)
  operationRoutes(scope, parts)
  importRoutes(scope, parts)
  downloadRoutes(scope, parts)
  shareLinkRoutes(scope, parts)
  sharedWithMeRoute(scope, parts)
  closingCheckRoute(scope, parts)
  noticeRoutes(scope, parts)
  eventRoutes(scope, parts)
}
