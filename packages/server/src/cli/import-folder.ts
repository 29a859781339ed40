import { setTimeout as pause } from 'node:timers/promises'
import type { ImportBody, ImportReport } from '@vitrine/api'
import { CliFailure } from './cli-failure.ts'
import type { CommandRun } from './command.ts'
import type { FoundNode } from './find-node.ts'
import type { Connection } from './find-server.ts'
import { importProgressText } from './import-progress.ts'
import { bytesText, countText } from './quantities.ts'
import type { ServerClient } from './server-client.ts'
import { uploadFolder } from './upload-folder.ts'

/** What an import came to, and how many files and folders could not be read. */
export interface Imported {
  readonly report: ImportReport
  readonly unreadable: number
}

/** What sharing something that is in the repository already imports. */
export const nothingImported: Imported = {
  report: { files: 0, bytes: 0, new: 0, newVersions: 0, unchanged: 0, renamed: [], skipped: [] },
  unreadable: 0,
}

/** How often the server is asked how far it is, in ms. */
const askInterval = 250

/**
 * Imports a folder of this disk: by the server itself where it can read the same disk, else by sending each file.
 *
 * @throws {CliFailure} when the import failed; what is in by then stays, and the same command goes on from there
 */
export async function importFolder(
  connection: Pick<Connection, 'client'>,
  run: CommandRun,
  directory: string,
  folder: FoundNode,
): Promise<Imported> {
  const { client } = connection
  const imported = client.isLocal
    ? await importByServer(client, run, directory, folder)
    : await uploadFolder(client, run, directory, folder)
  run.terminal.progressDone()
  run.terminal.tell(reportText(imported))
  for (const { path, reason } of imported.report.skipped.slice(0, 20))
    run.terminal.tell(`  left out: ${path}: ${reason}`)
  if (imported.report.skipped.length > 20) run.terminal.tell(`  and ${imported.report.skipped.length - 20} more`)
  return imported
}

async function importByServer(
  client: ServerClient,
  run: CommandRun,
  directory: string,
  folder: FoundNode,
): Promise<Imported> {
  const begunAt = Date.now()
  let now = await client.call<ImportBody>('POST', '/api/v1/imports', { directory, folder: folder.id })
  while (now.state === 'running') {
    await pause(askInterval)
    if (run.signal.aborted) await client.call('POST', `/api/v1/imports/${now.id}/cancel`, {})
    now = await client.call<ImportBody>('GET', `/api/v1/imports/${now.id}`)
    const { filesDone, bytesDone, filesTotal, bytesTotal } = now.progress
    const totals = { filesTotal: filesTotal ?? undefined, bytesTotal: bytesTotal ?? undefined }
    run.terminal.progress(importProgressText({ filesDone, bytesDone, ...totals, elapsed: Date.now() - begunAt }))
  }
  if (now.state === 'failed') throw new CliFailure(now.failure ?? 'The import failed.')
  return { report: now.imported ?? nothingImported.report, unreadable: now.unreadable }
}

/** One line that says what came in. */
export function reportText({ report }: Imported): string {
  const { files, bytes, unchanged, newVersions, renamed, skipped } = report
  const parts = [
    `${countText(files)} files, ${bytesText(bytes)}`,
    `${countText(report.new)} new`,
    ...(newVersions > 0 ? [`${countText(newVersions)} new versions`] : []),
    ...(unchanged > 0 ? [`${countText(unchanged)} unchanged`] : []),
    ...(renamed.length > 0 ? [`${countText(renamed.length)} renamed`] : []),
    ...(skipped.length > 0 ? [`${countText(skipped.length)} left out`] : []),
  ]
  return `Imported ${parts.join(', ')}.`
}

/** 0: all that could be read is in. 3: something could not be read. */
export function exitCodeOf({ unreadable }: Imported): number {
  return unreadable > 0 ? 3 : 0
}
