import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { readArguments } from '../arguments.ts'
import { CliFailure } from '../cli-failure.ts'
import type { Command } from '../command.ts'
import { folderForImport, nodeAt } from '../find-node.ts'
import { withServer } from '../find-server.ts'
import { exitCodeOf, importFolder } from '../import-folder.ts'

const usage = 'vitrine import DIR [/path] [--json]'

/** Imports a folder of this disk into the repository. */
export const importCommand: Command = {
  summary: 'import a folder; the same folder again adds versions of what changed',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { json: { type: 'boolean' } }, usage, [1, 2])
    const [directory, path] = given.positionals
    const source = resolve(run.workingFolder, directory!)
    if ((await stat(source).catch(() => undefined))?.isDirectory() !== true) {
      throw new CliFailure(`There is no folder ${source}.`)
    }
    return withServer(run, { purpose: 'ask' }, async (connection) => {
      const { client } = connection
      const folder = path === undefined ? await folderForImport(client, basename(source)) : await nodeAt(client, path)
      const imported = await importFolder(connection, run, source, folder)
      if (given.has('json')) run.terminal.say(JSON.stringify({ folder, imported: imported.report }))
      return exitCodeOf(imported)
    })
  },
}
