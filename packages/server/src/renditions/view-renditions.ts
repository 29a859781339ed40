import type { RenditionBody } from '@vitrine/api'
import { type Privilege, type RenditionName, renditionNames, type Subject } from '@vitrine/domain'
import type { Parts } from '../parts.ts'
import { originalOf, type WantedOriginal } from '../repository/send-original.ts'
import { type GivenRendition, givenRendition } from './given-rendition.ts'
import { hurryRenditions } from './hurry-renditions.ts'
import type { Rendition } from './rendition-store.ts'
import { renditionUrl } from './rendition-url.ts'
import { renditionsOf } from './renditions-of.ts'

/** Renditions that stand for an asset on a screen: whoever may read it is shown them. */
const shownToReaders: ReadonlySet<string> = new Set(['thumbnail.319', 'web.1280'] satisfies RenditionName[])

/**
 * The renditions of an asset, or of one of its versions, that somebody may read.
 *
 * @throws {VitrineError} `node/not-found`, `node/not-an-asset`, `version/not-found`
 */
export async function listRenditions(
  parts: Pick<Parts, 'db' | 'queue' | 'log'>,
  subject: Subject,
  wanted: WantedOriginal,
): Promise<RenditionBody[]> {
  const { blob, version } = await originalOf(parts.db, subject, wanted, 'read')
  const all = await renditionsOf(parts.db, [blob])
  hurryRenditions(parts, all)
  return renditionNames.flatMap((name) => {
    const rendition = all.get(blob)?.[name]
    return rendition === undefined ? [] : [present(name, rendition, renditionUrl(wanted.asset, version, name))]
  })
}

/** One rendition that somebody wants, and how. */
export interface WantedRendition extends WantedOriginal {
  readonly name: string
  /** To keep it, not to look at it. */
  readonly download: boolean
}

/**
 * The bytes of a rendition that somebody may see, or download.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-an-asset`, `version/not-found`,
 * `rendition/not-found`, `rendition/not-ready`
 */
export async function findRendition(
  { db }: Pick<Parts, 'db'>,
  subject: Subject,
  wanted: WantedRendition,
): Promise<GivenRendition> {
  return givenRendition(db, await originalOf(db, subject, wanted, privilegeFor(wanted)), wanted.name)
}

function privilegeFor({ name, download }: WantedRendition): Privilege {
  return download || !shownToReaders.has(name) ? 'download-rendition' : 'read'
}

function present(name: RenditionName, rendition: Rendition, url: string): RenditionBody {
  if (rendition.state === 'queued') return { name, state: 'queued' }
  if (rendition.state === 'failed') return { name, state: 'failed', failure: rendition.code, detail: rendition.failure }
  const { mediaType, size, width, height } = rendition
  return { name, state: 'ready', url, mediaType, size, width, height }
}
