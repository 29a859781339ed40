import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { StoredContent } from '@vitrine/api'
import { VitrineError, type NodeId } from '@vitrine/domain'
import { ReportSoFar } from '../import/import-report.ts'
import { fileNow, joined } from '../import/read-folder.ts'
import { walkFolders, type WalkedFile } from '../import/walk-folders.ts'
import { unreadable } from '../blobs/unreadable.ts'
import type { CommandRun } from './command.ts'
import type { FoundNode } from './find-node.ts'
import type { Imported } from './import-folder.ts'
import { importProgressText } from './import-progress.ts'
import { countingTarget, remoteTarget } from './remote-target.ts'
import type { ServerClient } from './server-client.ts'

/** Files that are on their way at the same time. */
const atOnce = 4

/**
 * Sends a folder of this disk to a server that cannot read it. What the server has already, by size and time, is not
 * sent again, so the same command goes on where an earlier one was broken off.
 *
 * @throws {CliFailure} when the server refuses a file or goes away
 */
export async function uploadFolder(
  client: ServerClient,
  run: CommandRun,
  directory: string,
  folder: FoundNode,
): Promise<Imported> {
  const disk = Buffer.from(directory)
  const upload = new FolderUpload(client, run, await totalsOf(disk))
  const walk = { directory: disk, folder: folder.id as NodeId, target: remoteTarget(client), report: upload.report }
  for await (const file of walkFolders(walk)) {
    if (run.signal.aborted) break
    await upload.take(file)
  }
  await upload.end()
  const { unreadable: failed, ...report } = upload.report.report
  return { report, unreadable: failed }
}

interface Totals {
  readonly files: number
  /** In bytes. */
  readonly bytes: number
}

async function totalsOf(directory: Buffer): Promise<Totals> {
  const report = { renamed: () => {}, skipped: () => {} }
  let [files, bytes] = [0, 0]
  for await (const { planned } of walkFolders({ directory, folder: '' as NodeId, target: countingTarget, report })) {
    files += 1
    bytes += planned.entry.size
  }
  return { files, bytes }
}

/** Files on their way to a server, a bounded number at a time. */
class FolderUpload {
  readonly report = new ReportSoFar()
  readonly #client: ServerClient
  readonly #run: CommandRun
  readonly #totals: Totals
  readonly #begunAt = Date.now()
  readonly #underWay = new Set<Promise<void>>()
  #failure: unknown

  constructor(client: ServerClient, run: CommandRun, totals: Totals) {
    this.#client = client
    this.#run = run
    this.#totals = totals
  }

  /** Takes a file, as soon as there is room for one more. */
  async take(file: WalkedFile): Promise<void> {
    while (this.#underWay.size >= atOnce) await Promise.race(this.#underWay)
    if (this.#failure !== undefined) throw this.#failure
    const sending: Promise<void> = this.#send(file)
      .catch((error: unknown) => (this.#failure ??= error))
      .then(() => void this.#underWay.delete(sending))
    this.#underWay.add(sending)
  }

  /** Waits for the files that are under way. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay)
    if (this.#failure !== undefined) throw this.#failure
  }

  async #send(file: WalkedFile): Promise<void> {
    const { planned, path } = file
    try {
      if (planned.action === 'unchanged') this.report.taken('unchanged', planned.entry.size)
      else await this.#upload(file)
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error
      this.report.skipped(path, error.message, true)
    }
    this.#tellProgress()
  }

  async #upload({ planned, directory, folder }: WalkedFile): Promise<void> {
    const now = await fileNow(directory, planned.entry.name)
    const query = new URLSearchParams({
      name: planned.name,
      conflict: 'version',
      modifiedAt: new Date(now.modifiedAt).toISOString(),
      ...(planned.sourceName === null ? {} : { sourceName: planned.sourceName.toString('base64') }),
    })
    const content = await openContent(joined(directory, planned.entry.name))
    const stored = await this.#client.upload<StoredContent>(
      'POST',
      `/api/v1/nodes/${folder}/assets?${query.toString()}`,
      {
        stream: content,
        size: now.size,
        modifiedAt: now.modifiedAt,
      },
    )
    const counted = { created: 'new', version: 'newVersions', unchanged: 'unchanged' } as const
    this.report.taken(counted[stored.outcome], now.size)
  }

  #tellProgress(): void {
    const { files, bytes } = this.report
    const totals = { filesTotal: this.#totals.files, bytesTotal: this.#totals.bytes }
    const elapsed = Date.now() - this.#begunAt
    this.#run.terminal.progress(importProgressText({ filesDone: files, bytesDone: bytes, ...totals, elapsed }))
  }
}

/** The bytes of a file, opened now: what cannot be opened is reported, not sent by half. @throws {VitrineError} */
async function openContent(path: Buffer) {
  const stream = createReadStream(path, { highWaterMark: 1 << 18 })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  stream.once('open', () => resolve())
  stream.once('error', reject)
  await promise.catch(unreadable)
  return Readable.toWeb(stream)
}
