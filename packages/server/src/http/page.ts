import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { VitrineError } from '@vitrine/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The built pages and what they load, in memory: nothing on the disk can be reached by a request's path. */
export interface Pages {
  /** A page's HTML, by its file's name without the ending; `reason` is why a link is dead, for the page that says so. */
  readonly html: (name: string, reason?: string) => Promise<string>
  /** A file that the pages load, by its name. */
  readonly asset: (name: string) => Promise<Asset | undefined>
}

/** A file that pages load. Its name changes with its content. */
export interface Asset {
  readonly bytes: Buffer
  readonly mediaType: string
  /** Strong entity tag, with its quotes. */
  readonly etag: string
  /** The bytes compressed by brotli, or undefined where that gains nothing. Made once, when first asked for. */
  readonly brotli: () => Promise<Buffer | undefined>
}

/** Where the built pages come from. */
export interface PagesBuild {
  readonly pagesFolder: string
  /** Builds the pages unless they are there. */
  readonly ensureBuilt: () => Promise<unknown>
}

/** What the page for a dead link holds where the reason belongs. */
const placeholder = '__REASON__'

const mediaTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
}

/** Reads the pages when the first one is asked for. */
export function pagesOf(build: () => Promise<PagesBuild>): Pages {
  let reading: Promise<ReadonlyMap<string, Buffer>> | undefined
  const assets = new Map<string, Asset>()
  const files = () => {
    // A build that failed is tried again by the next request.
    reading ??= readPages(build).catch((error: unknown) => {
      reading = undefined
      throw error
    })
    return reading
  }
  return {
    html: async (name, reason = '') => {
      const page = (await files()).get(`${name}.html`)
      if (page === undefined) throw new Error(`the page ${name} is not in the build`)
      return page.toString('utf8').replaceAll(placeholder, () => reason)
    },
    asset: async (name) => {
      const known = assets.get(name)
      const mediaType = mediaTypes[/\.(\w+)$/.exec(name)?.[1] ?? '']
      const bytes = (known ?? mediaType === undefined) ? undefined : (await files()).get(name)
      if (known || bytes === undefined || mediaType === undefined) return known
      const made = assetOf(bytes, mediaType)
      assets.set(name, made)
      return made
    },
  }
}

async function readPages(build: () => Promise<PagesBuild>): Promise<ReadonlyMap<string, Buffer>> {
  const { pagesFolder, ensureBuilt } = await build()
  await ensureBuilt()
  const entries = await readdir(pagesFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  const read = names.map(async (name) => [name, await readFile(join(pagesFolder, name))] as const)
  return new Map(await Promise.all(read))
}

const compress = promisify(brotliCompress)

function assetOf(bytes: Buffer, mediaType: string): Asset {
  let compressing: Promise<Buffer | undefined> | undefined
  const isText = /^text\/|\+xml$/.test(mediaType)
  const brotli = async () => {
    if (!isText) return undefined
    const small = await compress(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
    return small.length < bytes.length ? small : undefined
  }
  return {
    bytes,
    mediaType,
    etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    brotli: () => (compressing ??= brotli()),
  }
}

/** Answers with a page of a link. Never stored: it would outlive the link. */
export async function sendPage(
  reply: FastifyReply,
  pages: Pages,
  name: 'linkshare' | 'linksharepreview' | 'linkexpired',
  dead?: { readonly status: number; readonly reason: string },
): Promise<FastifyReply> {
  const html = await pages.html(name, dead?.reason)
  return reply
    .code(dead?.status ?? 200)
    .header('cache-control', 'no-store, private, no-transform')
    .type('text/html; charset=utf-8')
    .send(html)
}

/**
 * Mounts what pages load. It needs no sign-in: it is the same for everyone, and says nothing.
 *
 * @param below path without a slash at its end
 */
export function assetRoutes(scope: FastifyInstance, pages: Pages, below: string): void {
  scope.get<{ Params: { name: string } }>(`${below}/:name`, async (request, reply) => {
    const asset = await pages.asset(request.params.name)
    if (asset === undefined) throw new VitrineError('request/not-found', 'There is nothing at this address.')
    return sendAsset(asset, request, reply)
  })
}

async function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply
    .header('cache-control', 'public, max-age=31536000, immutable, no-transform')
    .header('etag', asset.etag)
    .header('vary', 'accept-encoding')
    .type(asset.mediaType)
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
  const small = acceptsBrotli(request) ? await asset.brotli() : undefined
  return small ? reply.header('content-encoding', 'br').send(small) : reply.send(asset.bytes)
}

function acceptsBrotli(request: FastifyRequest): boolean {
  const accepted = request.headers['accept-encoding'] ?? ''
  return /(?:^|[\s,])br(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?=$|[\s,;])/i.test(accepted)
}
