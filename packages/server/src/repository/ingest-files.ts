import { type NodeId, type PrincipalId, type VersionId, VitrineError } from '@vitrine/domain'
import { withBlobsShared } from '../db/blob-lock.ts'
import { insertBlobs } from '../blobs/blob-facts-store.ts'
import type { StagedBlob } from '../blobs/blob-store.ts'
import { mediaTypeOf } from '../blobs/media-type.ts'
import type { Transaction } from '../db/open.ts'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import { requestRenditions } from '../renditions/request-renditions.ts'
import { freeNameIn } from './free-name-in.ts'
import { childNamed, holdAssets, insertAssets } from './ingest-store.ts'
import type { StoredNode } from './node-store.ts'
import { holdFolders } from './tree-store.ts'
import { insertVersions, type NewVersionRow } from './version-store.ts'

/**
 * When the name is taken: `refuse`; make the content a `version`, where it is an asset that has the name; or `keep-both`
 * and take the first of `name (2)`, `name (3)` … that is free.
 */
export type WhenTaken = 'refuse' | 'version' | 'keep-both'

/** A staged content that becomes an asset. */
export interface NewAsset {
  readonly kind: 'asset'
  readonly folder: NodeId
  /** In NFC, checked. */
  readonly name: string
  readonly sourceName: Buffer | null
  readonly content: StagedBlob
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
  readonly whenTaken: WhenTaken
}

/** A staged content that becomes a version of an asset. */
export interface NewVersion {
  readonly kind: 'version'
  readonly asset: NodeId
  readonly content: StagedBlob
  /** In ms since the Unix epoch. */
  readonly modifiedAt: number
}

/** What became of one content. `unchanged`: the asset whose name it has holds these bytes already. */
export interface Ingested {
  readonly outcome: 'created' | 'version' | 'unchanged'
  readonly node: NodeId
  readonly version: VersionId
}

/** What {@link ingestFiles} needs. */
export type IngestParts = Pick<Parts, 'db' | 'blobs' | 'queue' | 'clock' | 'newId'>

/**
 * Makes assets and versions of staged contents: all of them, or none. The bytes are in place and durable before
 * a row names them; rows and the jobs for renditions are one transaction. When it fails, nothing stays staged.
 *
 * Three durable writes of folders and one commit, however many files: that is what makes small ones quick.
 *
 * @param by the creator
 * @param recheck asked in the transaction whether it may still be: the bytes may have taken hours to come
 * @param conclude SQL that belongs to it: happens if and only if the rest does
 * @throws {VitrineError} `node/not-found`, `node/not-a-folder`, `node/not-an-asset` when a place is no longer there,
 * `node/name-taken`, `storage/full`
 */
export async function ingestFiles(
  parts: IngestParts,
  by: PrincipalId,
  files: readonly (NewAsset | NewVersion)[],
  recheck: (tx: Transaction) => Promise<unknown> = async () => {},
  conclude: (tx: Transaction, ingested: readonly Ingested[]) => Promise<unknown> = async () => {},
): Promise<Ingested[]> {
  if (files.length === 0) return []
  const staged = files.map(({ content }) => content)
  try {
    return await withBlobsShared(parts.db, async (connection) => {
      await parts.blobs.place(staged)
      return inTransaction(connection, async (tx) => {
        await recheck(tx)
        const ingested = await insertAll(parts, tx, by, files)
        await conclude(tx, ingested)
        return ingested
      })
    })
  } catch (error) {
    await parts.blobs.discard(staged)
    throw error
  }
}

async function insertAll(
  parts: IngestParts,
  tx: Transaction,
  by: PrincipalId,
  files: readonly (NewAsset | NewVersion)[],
): Promise<Ingested[]> {
  const now = parts.clock()
  await insertBlobs(
    tx,
    files.map(({ content }) => content),
    now,
  )
  const news = files.filter((file) => file.kind === 'asset')
  await requireFolders(tx, news)
  const made = await insertNew(parts, tx, by, news, now)
  for (const file of news) {
    if (file.whenTaken === 'keep-both' && !made.has(file)) made.set(file, await insertBeside(parts, tx, by, file, now))
  }
  const ingested: Ingested[] = []
  for (const file of files) {
    const done = file.kind === 'asset' ? made.get(file) : undefined
    ingested.push(done ?? (await addVersion(parts, tx, by, file, now)))
  }
  await requestRenditions(
    tx,
    parts,
    files.map(({ content }) => content),
  )
  return ingested
}

async function requireFolders(tx: Transaction, news: readonly NewAsset[]): Promise<void> {
  const wanted = [...new Set(news.map(({ folder }) => folder))]
  if (wanted.length === 0) return
  const held = await holdFolders(tx, wanted)
  for (const id of wanted) requireFolder(held.get(id), id)
}

/** @throws {VitrineError} `node/not-found` when there is none or it lies in the trash, `node/not-a-folder` */
export function requireFolder(folder: StoredNode | undefined, id: NodeId): StoredNode {
  if (folder === undefined || folder.inTrash) {
    throw new VitrineError('node/not-found', 'The folder is no longer there.', { nodeId: id })
  }
  if (folder.kind === 'folder') return folder
  throw new VitrineError('node/not-a-folder', `"${folder.name}" is not a folder.`, { nodeId: id })
}

/** Makes the assets whose names are free, in two statements. */
async function insertNew(
  parts: IngestParts,
  tx: Transaction,
  by: PrincipalId,
  news: readonly NewAsset[],
  now: number,
): Promise<Map<NewAsset, Ingested>> {
  const rows = news.map((file) => ({ file, id: parts.newId() as NodeId, version: parts.newId() as VersionId }))
  const made = await insertAssets(
    tx,
    rows.map(({ file, id, version }) => ({ ...file, id, version, content: contentOf(file.content, file.name) })),
    by,
    now,
  )
  const kept = rows.filter(({ id }) => made.has(id))
  const versions = kept.map(({ file, id, version }) => versionRow(file, { id, name: file.name }, version))
  await insertVersions(tx, versions, by, now)
  await announceChange(tx, { nodes: kept.map(({ file, id }) => ({ id, folder: file.folder })) })
  return new Map(kept.map(({ file, id, version }) => [file, { outcome: 'created', node: id, version }]))
}

/** Makes an asset whose name is taken under the first one that is free. */
async function insertBeside(
  parts: IngestParts,
  tx: Transaction,
  by: PrincipalId,
  file: NewAsset,
  now: number,
): Promise<Ingested> {
  // Others may take a name that was free a moment ago: then it is among the taken ones at the next look.
  for (;;) {
    const renamed = { ...file, name: await freeNameIn(tx, file.folder, file.name, 'asset') }
    const made = (await insertNew(parts, tx, by, [renamed], now)).get(renamed)
    if (made) return made
  }
}

async function addVersion(
  parts: IngestParts,
  tx: Transaction,
  by: PrincipalId,
  file: NewAsset | NewVersion,
  now: number,
): Promise<Ingested> {
  const id = file.kind === 'version' ? file.asset : (await takenBy(tx, file)).id
  const asset = (await holdAssets(tx, [id])).get(id)
  requireAsset(asset, id)
  if (file.kind === 'asset' && file.content.sha256 === asset.blob && asset.version !== null) {
    return { outcome: 'unchanged', node: id, version: asset.version }
  }
  const version = parts.newId() as VersionId
  await insertVersions(tx, [versionRow(file, asset, version)], by, now)
  await announceChange(tx, { nodes: [{ id, folder: asset.parent }] })
  return { outcome: 'version', node: id, version }
}

function requireAsset(asset: StoredNode | undefined, id: NodeId): asserts asset is StoredNode {
  if (asset === undefined || asset.inTrash) {
    throw new VitrineError('node/not-found', 'The asset is no longer there.', { nodeId: id })
  }
  if (asset.kind === 'folder') throw notAnAsset(asset)
}

async function takenBy(tx: Transaction, { folder, name, whenTaken }: NewAsset): Promise<StoredNode> {
  const taken = await childNamed(tx, folder, name)
  if (taken?.kind === 'asset' && whenTaken === 'version') return taken
  throw nameTaken(name)
}

/** The failure of a name that something else in the folder has. */
export function nameTaken(name: string): VitrineError {
  return new VitrineError('node/name-taken', `There is something named "${name}" in this folder already.`, { name })
}

/** The failure of a folder that something is wanted of which assets alone have. */
export function notAnAsset({ id, name }: Pick<StoredNode, 'id' | 'name'>): VitrineError {
  return new VitrineError('node/not-an-asset', `"${name}" is a folder.`, { nodeId: id })
}

function versionRow(
  { content, modifiedAt }: NewAsset | NewVersion,
  asset: Pick<StoredNode, 'id' | 'name'>,
  id: VersionId,
): NewVersionRow {
  return { id, asset: asset.id, modifiedAt, ...contentOf(content, asset.name) }
}

function contentOf({ sha256, size, mediaType }: StagedBlob, name: string) {
  return { blob: sha256, size, mediaType: mediaTypeOf(mediaType, name) }
}
