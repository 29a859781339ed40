import { DraftShareLink, PreviewShareLink, ShareLinkDraft, ShareLinkPreview } from '@vitrine/api'
import type { NodeId, PrincipalId } from '@vitrine/domain'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { signedInOf } from '../http/authenticate.ts'
import type { Parts } from '../parts.ts'
import { draftShareLink } from './draft-share-link.ts'
import { originsOf } from './link-origins.ts'
import { isoOf, presentOwnShareLink, urlOf } from './present-share-links.ts'
import { previewShareLink } from './preview-share-link.ts'

const tags = ['share links']

/** What the Link Sharing dialog asks before a link is made. Nothing of it writes anything. */
export function dialogRoutes(
  scope: FastifyInstance,
  parts: Pick<Parts, 'db' | 'clock' | 'newId' | 'config' | 'keys'>,
): void {
  const app = scope.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/api/v1/share-links/draft',
    { schema: { tags, body: DraftShareLink, response: { 200: ShareLinkDraft } } },
    async (request) => {
      const user = signedInOf(request)
      const draft = await draftShareLink(parts, user, request.body.targets as NodeId[])
      const origins = originsOf(parts, request)
      const url = (audience: 'anyone' | 'members') => urlOf(parts, { id: draft.id, generation: 1, audience }, origins)
      return {
        id: draft.id,
        draft: draft.draft,
        draftExpiresAt: isoOf(draft.draftExpiresAt),
        url: url('anyone'),
        membersUrl: url('members'),
        expiresAt: isoOf(draft.expiresAt),
        latestExpiresAt: isoOf(draft.latestExpiresAt),
        mayNeverExpire: draft.mayNeverExpire,
        existing: draft.existing === undefined ? null : presentOwnShareLink(parts, user, draft.existing, origins),
      }
    },
  )

  app.post(
    '/api/v1/share-links/preview',
    { schema: { tags, body: PreviewShareLink, response: { 200: ShareLinkPreview } } },
    async (request) => {
      const { targets, originals, renditions, holder } = request.body
      const wish = { targets: targets as NodeId[], originals, renditions, holder: holder as PrincipalId | undefined }
      return previewShareLink(parts, signedInOf(request).subject, wish)
    },
  )
}
