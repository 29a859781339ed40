import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ShareLinkBody } from '@vitrine/api'
import { readArguments, type Arguments } from '../arguments.ts'
import { CliFailure } from '../cli-failure.ts'
import type { Command, CommandRun } from '../command.ts'
import { expiryArgument } from '../expiry.ts'
import { withServer, type Connection } from '../find-server.ts'
import { folderForImport, nodeAt, type FoundNode } from '../find-node.ts'
import { exitCodeOf, importFolder, nothingImported, type Imported } from '../import-folder.ts'
import { qrText } from '../qr-code.ts'

const usage =
  'vitrine share DIR|/path [--expires 1d|ISO|never] [--no-originals] [--no-renditions] [--name NAME] [--local] [--json]'

/** Makes a link to a folder of this disk, or to a node of the repository, and prints it. */
export const share: Command = {
  summary: 'put a folder on a page of its own and print the link to it',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, flags, usage, [1, 1])
    const expiresAt = given.text('expires')
    const wanted = expiresAt === undefined ? undefined : expiryArgument(expiresAt, Date.now())
    const source = await sourceOf(run, given.positionals[0]!)
    return withServer(run, { purpose: 'share', loopbackOnly: given.has('local') }, (connection) =>
      shareOver(connection, run, given, source, wanted),
    )
  },
}

const flags = {
  expires: { type: 'string' },
  name: { type: 'string' },
  'no-originals': { type: 'boolean' },
  'no-renditions': { type: 'boolean' },
  local: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** What is to be shared: a folder of this disk, or a path of the repository. */
type Source = { readonly kind: 'directory' | 'node'; readonly path: string }

/** A folder of this disk comes first: that is what the person sees where they stand. */
async function sourceOf(run: CommandRun, text: string): Promise<Source> {
  const path = resolve(run.workingFolder, text)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) return { kind: 'directory', path }
  if (found !== undefined) throw new CliFailure(`${text} is not a folder. Put it into one, and share that.`)
  if (text.startsWith('/')) return { kind: 'node', path: text }
  throw new CliFailure(`There is no folder ${path}.`)
}

async function shareOver(
  connection: Connection,
  run: CommandRun,
  given: Arguments,
  source: Source,
  expiresAt: string | null | undefined,
): Promise<number> {
  const target = await targetOf(connection, given, source)
  const shareLink = await connection.client.call<ShareLinkBody>('POST', '/api/v1/share-links', {
    targets: [target.id],
    originals: !given.has('no-originals'),
    renditions: !given.has('no-renditions'),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(given.text('name') === undefined ? {} : { title: given.text('name') }),
  })
  await announce(run, given, connection, shareLink)
  const imported =
    source.kind === 'directory' ? await importFolder(connection, run, source.path, target) : nothingImported
  if (given.has('json')) run.terminal.say(JSON.stringify(result(shareLink, target, imported)))
  if (connection.started && !run.signal.aborted) {
    run.terminal.tell('The link works for as long as this command runs. Press Ctrl-C to stop serving.')
    await connection.untilStopped
  }
  return exitCodeOf(imported)
}

async function targetOf({ client }: Connection, given: Arguments, source: Source): Promise<FoundNode> {
  if (source.kind === 'node') return nodeAt(client, source.path)
  return folderForImport(client, given.text('name') ?? (basename(source.path) || 'Shared'))
}

async function announce(
  run: CommandRun,
  given: Arguments,
  { reach }: Connection,
  shareLink: ShareLinkBody,
): Promise<void> {
  const { terminal } = run
  // With --json the last line of stdout is the object, and the URL is known before it.
  const print = given.has('json') ? terminal.tell : terminal.say
  print(shareLink.url)
  if (!given.has('json')) terminal.tell(await qrText(shareLink.url))
  if (reach !== undefined) terminal.tell(reach)
  const { expiresAt } = shareLink
  terminal.tell(
    expiresAt === null ? 'The link does not expire.' : `The link expires ${new Date(expiresAt).toLocaleString()}.`,
  )
}

/** The object of `--json`. */
function result(shareLink: ShareLinkBody, target: FoundNode, { report }: Imported) {
  const { files, bytes, newVersions, unchanged, renamed, skipped } = report
  return {
    id: shareLink.id,
    url: shareLink.url,
    expiresAt: shareLink.expiresAt,
    targets: [{ id: target.id, name: target.name }],
    imported: { files, bytes, new: report.new, newVersions, unchanged, renamed, skipped },
  }
}
