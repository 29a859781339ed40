import { type NodeId, type Subject, VitrineError } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { StagedBlob } from '../blobs/blob-store.ts'
import type { Transaction } from '../db/open.ts'
import { requireNode } from './create-folder.ts'
import { type Ingested, ingestFiles, type IngestParts, notAnAsset } from './ingest-files.ts'
import { nodeById } from './node-store.ts'
import { requireContentSeen, type SeenTags } from './node-tag.ts'
import { holdNode } from './tree-store.ts'

/** Bytes that somebody sends, and what they say of them. */
export interface SentContent {
  readonly chunks: AsyncIterable<Uint8Array>
  /** When the content was last changed where it comes from, in ms since the Unix epoch; else now. */
  readonly modifiedAt?: number | undefined
  /** SHA-256 that the bytes must have. */
  readonly sha256?: string | undefined
  /** Length that they must have, in bytes. */
  readonly size?: number | undefined
}

/**
 * Makes a content the current version of an asset. Takes `modify`. What breaks off changes nothing.
 *
 * @param seen tags of states that the sender has seen, of the asset or of its content: in another one it was changed meanwhile
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-an-asset`, `node/changed`, `request/invalid` when the
 * bytes are not those that were announced, `storage/full`
 */
export async function replaceContent(
  parts: IngestParts,
  subject: Subject,
  asset: NodeId,
  sent: SentContent,
  seen: SeenTags,
): Promise<Ingested> {
  await requirePrivilege(parts.db, subject, asset, 'modify')
  const node = requireNode(await nodeById(parts.db, asset))
  if (node.version === null) throw notAnAsset(node)
  requireContentSeen(node, seen)
  const content = await stageSent(parts, sent)
  const file = { kind: 'version', asset, content, modifiedAt: sent.modifiedAt ?? parts.clock() } as const
  const recheck = async (tx: Transaction) => {
    await requirePrivilege(tx, subject, asset, 'modify')
    // Held, so that the state is the one that the version follows.
    if (seen !== undefined) requireContentSeen(requireNode(await holdNode(tx, asset)), seen)
  }
  return onlyOne(await ingestFiles(parts, subject.user, [file], recheck))
}

/** Takes in what somebody sends, and compares it with what they said of it. */
export async function stageSent({ blobs }: Pick<IngestParts, 'blobs'>, sent: SentContent): Promise<StagedBlob> {
  const content = await blobs.stage({ kind: 'stream', chunks: sent.chunks })
  const isWrong =
    (sent.sha256 !== undefined && sent.sha256 !== content.sha256) ||
    (sent.size !== undefined && sent.size !== content.size)
  if (!isWrong) return content
  await blobs.discard([content])
  throw new VitrineError(
    'request/invalid',
    'The bytes that arrived are not those that were announced. Please send them again.',
    {
      announced: { sha256: sent.sha256, size: sent.size },
      arrived: { sha256: content.sha256, size: content.size },
    },
  )
}

/** The only element of a list that has one. */
export function onlyOne<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('there is none')
  return item
}
