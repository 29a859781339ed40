import { Nothing } from '@vitrine/api'
import { itemSorts } from '@vitrine/api/public'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendPage, type Pages } from '../http/page.ts'
import { parseRequest } from '../http/parse-request.ts'
import { answersPage } from '../http/public-doors.ts'
import { listItems, readItem } from './list-items.ts'
import type { DoorParts } from './members-door.ts'
import { linkOf } from './resolve-share-link.ts'
import { sendOriginal, sendRendition } from './send-content.ts'
import { countOpen } from './share-link-store.ts'

/** Query of `GET /linkshare.html/items`. */
const ItemsQuery = z.object({
  folder: z.string().max(100).optional(),
  cursor: z.string().min(1).max(4000).optional(),
  offset: z.coerce.number().int().min(0).max(1e9).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  sort: z.enum(itemSorts).default('name'),
  filter: z
    .string()
    .max(255)
    .regex(/^[^\0]*$/)
    .default(''),
})

const ItemParams = z.object({ id: z.string() })
const RenditionParams = z.object({ id: z.string(), name: z.string() })

/** What a link shows to whoever opens it. Each first asks for the token; only then is the rest of the request read. */
export function publicShareLinkRoutes(doors: FastifyInstance, parts: DoorParts, pages: Pages): void {
  pageRoutes(doors, parts, pages)
  contentRoutes(doors, parts)

  doors.get('/linkshare.html/items', async (request) => {
    const link = await linkOf(parts, request)
    const wanted = parseRequest(ItemsQuery, request.query)
    return listItems(parts, link, wanted, shOf(request))
  })

  doors.get('/linkshare.html/items/:id', async (request) => {
    const link = await linkOf(parts, request)
    const { id } = parseRequest(ItemParams, request.params)
    return readItem(parts, link, id, shOf(request))
  })

  doors.post('/linkshare.html/opens', async (request, reply) => {
    const link = await linkOf(parts, request)
    parseRequest(Nothing, request.body)
    await countOpen(parts.db, link.shareLink.id)
    return reply.code(204).send()
  })
}

function pageRoutes(doors: FastifyInstance, parts: DoorParts, pages: Pages): void {
  doors.get('/linkshare.html', answersPage, async (request, reply) => {
    await linkOf(parts, request)
    return sendPage(reply, pages, 'linkshare')
  })

  doors.get('/linksharepreview.html', answersPage, async (request, reply) => {
    const link = await linkOf(parts, request)
    const { item } = request.query as { item?: unknown }
    await link.view.item(typeof item === 'string' ? item : '')
    return sendPage(reply, pages, 'linksharepreview')
  })

  doors.get('/linkexpired.html', answersPage, (_request, reply) => sendPage(reply, pages, 'linkexpired'))
}

function contentRoutes(doors: FastifyInstance, parts: DoorParts): void {
  doors.get('/linkshare.html/items/:id/renditions/:name', async (request, reply) => {
    const link = await linkOf(parts, request)
    const { id, name } = parseRequest(RenditionParams, request.params)
    await sendRendition(parts, link, await link.view.item(id), name, request, reply)
    return reply
  })

  doors.get('/linkshare.html/items/:id/original', async (request, reply) => {
    const link = await linkOf(parts, request)
    const { id } = parseRequest(ItemParams, request.params)
    await sendOriginal(parts, link, await link.view.item(id), request, reply)
    return reply
  })
}

/** The token of a request whose link was found by it. */
function shOf(request: FastifyRequest): string {
  return String((request.query as { sh?: unknown }).sh)
}
