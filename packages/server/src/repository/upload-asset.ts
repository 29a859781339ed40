import { type NodeId, requireName, type Subject } from '@vitrine/domain'
import { requirePrivilege } from '../access/node-access.ts'
import type { Transaction } from '../db/open.ts'
import { requireNode } from './create-folder.ts'
import {
  type Ingested,
  ingestFiles,
  type IngestParts,
  nameTaken,
  requireFolder,
  type WhenTaken,
} from './ingest-files.ts'
import { childNamed } from './ingest-store.ts'
import { nodeById } from './node-store.ts'
import { onlyOne, type SentContent, stageSent } from './replace-content.ts'

/** An asset that somebody sends. */
export interface SentAsset extends SentContent {
  readonly folder: NodeId
  readonly name: string
  /** The bytes of the name on a disk, where they differ from the name. */
  readonly sourceName?: Buffer | null | undefined
  /** A `version` is added unless the asset holds the same bytes. */
  readonly whenTaken: WhenTaken
}

/**
 * Makes an asset in a folder. Takes `create` there, or `modify` on the asset that gets a version. What breaks off
 * changes nothing.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-invalid`, `node/name-taken`,
 * `request/invalid` when the bytes are not those that were announced, `storage/full`
 */
export async function uploadAsset(parts: IngestParts, subject: Subject, sent: SentAsset): Promise<Ingested> {
  const name = requireName(sent.name)
  const { folder, whenTaken } = sent
  const check = (db: Transaction | IngestParts['db']) => requireMayPut(db, subject, { folder, name, whenTaken })
  await check(parts.db)
  const content = await stageSent(parts, sent)
  const modifiedAt = sent.modifiedAt ?? parts.clock()
  const file = {
    kind: 'asset',
    folder,
    name,
    sourceName: sent.sourceName ?? null,
    content,
    modifiedAt,
    whenTaken,
  } as const
  return onlyOne(await ingestFiles(parts, subject.user, [file], check))
}

/**
 * Lets through who may put an asset of this name into a folder. Asked before the bytes come, so that nobody sends gigabytes
 * in vain, and again in the transaction.
 *
 * @throws {VitrineError} `node/not-found`, `access/denied`, `node/not-a-folder`, `node/name-taken`
 */
export async function requireMayPut(
  db: Transaction | IngestParts['db'],
  subject: Subject,
  { folder, name, whenTaken }: Pick<SentAsset, 'folder' | 'name' | 'whenTaken'>,
): Promise<void> {
  const granted = await requirePrivilege(db, subject, folder, 'read')
  requireFolder(requireNode(await nodeById(db, folder)), folder)
  const taken = await childNamed(db, folder, name)
  if (taken === undefined || whenTaken === 'keep-both') {
    if (!granted.has('create')) await requirePrivilege(db, subject, folder, 'create')
    return
  }
  if (taken.kind === 'folder' || whenTaken === 'refuse') throw nameTaken(name)
  await requirePrivilege(db, subject, taken.id, 'modify')
}
