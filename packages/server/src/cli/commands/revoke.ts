import type { ShareLinkBody } from '@vitrine/api'
import { readArguments } from '../arguments.ts'
import { CliFailure } from '../cli-failure.ts'
import type { Command } from '../command.ts'
import { withServer } from '../find-server.ts'

const usage = 'vitrine revoke ID|URL [--json]'

/** Ends a share link now. */
export const revoke: Command = {
  summary: 'end a share link now, also its running downloads',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { json: { type: 'boolean' } }, usage, [1, 1])
    const id = shareLinkIdOf(given.positionals[0]!)
    return withServer(run, { purpose: 'ask' }, async ({ client }) => {
      const revoked = await client.call<ShareLinkBody>('POST', `/api/v1/share-links/${id}/revoke`, {})
      if (given.has('json')) run.terminal.say(JSON.stringify(revoked))
      else run.terminal.say(`Revoked: ${revoked.title}`)
      return 0
    })
  },
}

/** The id of a share link, from the id itself or from the link's URL. @throws {CliFailure} */
export function shareLinkIdOf(text: string): string {
  const uuid = /[0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}/i.exec(text)
  if (uuid === null) throw new CliFailure(`${text} is neither the id nor the URL of a share link.`)
  return uuid[0].replaceAll('_', '-').toLowerCase()
}
