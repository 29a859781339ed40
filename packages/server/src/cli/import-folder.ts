import type { Connection } from './find-server.ts'
import type { FoundNode } from './find-node.ts'
import type { CommandRun } from './command.ts'
import { CliFailure } from './cli-failure.ts'
import { importProgressText } from './import-progress.ts'

/** What an import came to: the counts and lists that `--json` prints. */
export interface Imported {
  readonly files: number
  /** In bytes. */
  readonly bytes: number
  readonly new: number
  readonly newVersions: number
  readonly unchanged: number
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

/** What sharing something that is in the repository already imports. */
export const nothingImported: Imported = { files: 0, bytes: 0, new: 0, newVersions: 0, unchanged: 0, renamed: [], skipped: [] }
