import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type NodeId, VitrineError } from '@vitrine/domain'
import { inTransaction } from '../db/transaction.ts'
import { announceChange } from '../events/announce-change.ts'
import type { Parts } from '../parts.ts'
import type { Ingested, NewAsset, NewVersion } from '../repository/ingest-files.ts'
import { ensureFolder } from '../repository/ensure-folder.ts'
import { ImportProgress } from './import-progress.ts'
import { ReportSoFar } from './import-report.ts'
import { endImport, knownChildren, type StoredImport } from './import-store.ts'
import { IngestBatches } from './ingest-batches.ts'
import { requireRoom, RoomNeeded } from './room-needed.ts'
import { takeFile } from './take-file.ts'
import { type Walk, type WalkedFile, walkFolders, type WalkTarget } from './walk-folders.ts'

/** Files that are read at the same time: what one waits for the disk, another uses. */
const atOnce = 8

/** What an import needs. */
export type ImportParts = Pick<Parts, 'db' | 'blobs' | 'queue' | 'clock' | 'newId' | 'config' | 'log'>

type Begun = Pick<StoredImport, 'id' | 'folder' | 'source' | 'startedBy'>

/**
 * Imports a directory of this disk: counts first, then takes in what is new or has changed. Can be run again at any
 * time, and goes on where it was; a file is in whole or not at all.
 *
 * @param signal ends it early; the row says `running` then, unless it was cancelled
 */
export async function runImport(parts: ImportParts, begun: Begun, signal: AbortSignal): Promise<void> {
  const progress = new ImportProgress(parts, begun)
  const report = new ReportSoFar()
  try {
    const failure = await attempt(parts, begun, { progress, report, signal })
    await progress.close()
    // The process stops: the next one goes on.
    if (failure !== undefined && signal.aborted && !progress.cancelled.aborted) return
    const state = failure === undefined ? 'done' : 'failed'
    const end = { state, report: report.report, failure: failure ?? null } as const
    await inTransaction(parts.db, async (tx) => {
      await endImport(tx, begun.id, end, progress.now, parts.clock())
      await announceChange(tx, { workOf: [begun.startedBy] })
    })
  } finally {
    await progress.close()
  }
}

/** Undefined when all is in, else a sentence that says why not. */
async function attempt(parts: ImportParts, begun: Begun, taking: Taking): Promise<string | undefined> {
  const signal = AbortSignal.any([taking.signal, taking.progress.cancelled])
  try {
    await countFirst(parts, begun, taking.progress, signal)
    await takeAll(parts, begun, { ...taking, signal })
    return undefined
  } catch (error) {
    if (!signal.aborted) parts.log.warn({ err: error, import: begun.id }, 'an import failed')
    return sentenceOf(error)
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof VitrineError)) return 'Something went wrong on our side.'
  return error.code === 'import/unreadable' ? `The folder cannot be read: ${error.message}.` : error.message
}

/** Counts files and bytes, and sees whether there is room for them. */
async function countFirst(
  parts: ImportParts,
  begun: Begun,
  progress: ImportProgress,
  signal: AbortSignal,
): Promise<void> {
  const target: WalkTarget = {
    childrenOf: (folder) => knownChildren(parts.db, folder),
    folderFor: async (_parent, { known }) => known?.id,
  }
  const needed = new RoomNeeded()
  for await (const file of walkFolders(await walkOf(parts, begun, target, silent))) {
    signal.throwIfAborted()
    progress.counted(file.planned.entry.size)
    needed.add(file)
  }
  progress.countedAll()
  await requireRoom(parts, needed)
}

const silent = { renamed() {}, skipped() {} }

async function walkOf(
  { config }: Pick<ImportParts, 'config'>,
  { source, folder }: Begun,
  target: WalkTarget,
  report: Walk['report'],
): Promise<Walk> {
  const own = await stat(config.dataFolder, { bigint: true }).catch(() => undefined)
  const isOwn = (found: BigIntStats) => own !== undefined && found.ino === own.ino && found.dev === own.dev
  // What is stored would be imported again and again.
  const skip = (found: BigIntStats) => (isOwn(found) ? 'the folder in which Vitrine keeps its data' : undefined)
  return { directory: source, folder, target, report, skip }
}

interface Taking {
  readonly progress: ImportProgress
  readonly report: ReportSoFar
  readonly signal: AbortSignal
}

async function takeAll(parts: ImportParts, begun: Begun, taking: Taking): Promise<void> {
  const batches = new IngestBatches(parts, begun.startedBy)
  const failed = new AbortController()
  const signal = AbortSignal.any([taking.signal, failed.signal])
  const target: WalkTarget = {
    childrenOf: (folder) => knownChildren(parts.db, folder),
    folderFor: async (parent, planned) => planned.known?.id ?? newFolder(parts, begun, parent, planned),
  }
  const files = walkFolders(await walkOf(parts, begun, target, taking.report))
  const lane = async () => {
    for (let next = await files.next(); !next.done; next = await files.next()) {
      signal.throwIfAborted()
      await takeOne(parts, next.value, batches, { ...taking, signal })
    }
  }
  const guarded = () =>
    lane().catch((error: unknown) => {
      // The others end as well.
      failed.abort(error)
      throw error
    })
  try {
    await Promise.allSettled(Array.from({ length: atOnce }, guarded))
    if (failed.signal.aborted) throw failed.signal.reason
    taking.signal.throwIfAborted()
    await batches.flush()
  } catch (error) {
    await batches.discard()
    throw error
  }
}

function newFolder(
  parts: ImportParts,
  begun: Begun,
  parent: NodeId | undefined,
  { name, sourceName, entry }: WalkedFile['planned'],
): Promise<NodeId | undefined> {
  if (parent === undefined) return Promise.resolve(undefined)
  return ensureFolder(parts, begun.startedBy, { parent, name, sourceName, modifiedAt: entry.modifiedAt })
}

async function takeOne(parts: ImportParts, walked: WalkedFile, batches: IngestBatches, taking: Taking): Promise<void> {
  const { planned, folder } = walked
  const { report, progress } = taking
  const { size } = planned.entry
  if (folder === undefined || planned.action === 'unchanged') {
    report.taken('unchanged', size)
    return progress.done(size)
  }
  const part = progress.begin()
  try {
    const { content, modifiedAt } = await takeFile(parts, walked, { signal: taking.signal, onBytes: part.onBytes })
    const onIngested = ({ outcome }: Pick<Ingested, 'outcome'>) => {
      report.taken(outcome === 'created' ? 'new' : outcome === 'version' ? 'newVersions' : 'unchanged', content.size)
      part.done(content.size)
    }
    if (planned.known?.current?.sha256 === content.sha256) {
      await parts.blobs.discard([content])
      return onIngested({ outcome: 'unchanged' })
    }
    await batches.add({ file: fileOf(planned, folder, { content, modifiedAt }), onIngested })
  } catch (error) {
    if (!(error instanceof VitrineError && error.code === 'import/unreadable')) throw error
    report.skipped(walked.path, error.message, true)
    part.done(0)
  }
}

function fileOf(
  { known, name, sourceName }: WalkedFile['planned'],
  folder: NodeId,
  taken: Pick<NewAsset, 'content' | 'modifiedAt'>,
): NewAsset | NewVersion {
  if (known) return { kind: 'version', asset: known.id, ...taken }
  // Somebody may have put something there since the folder was read.
  return { kind: 'asset', folder, name, sourceName, whenTaken: 'version', ...taken }
}
