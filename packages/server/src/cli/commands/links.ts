import type { ShareLinkBody } from '@vitrine/api'
import { allOf } from '../all-of.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { withServer } from '../find-server.ts'

const usage = 'vitrine links [--all] [--json]'

/** Lists share links. */
export const links: Command = {
  summary: 'list your share links, or with --all everybody’s',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { all: { type: 'boolean' }, json: { type: 'boolean' } }, usage, [0, 0])
    const everybodys = given.has('all') ? '&all=true' : ''
    return withServer(run, { purpose: 'ask' }, async ({ client }) => {
      const shareLinks = await allOf<ShareLinkBody>(client, `/api/v1/share-links?limit=200${everybodys}`)
      if (given.has('json')) run.terminal.say(JSON.stringify({ shareLinks }))
      else printTable(shareLinks, run.terminal.say)
      return 0
    })
  },
}

function printTable(shareLinks: readonly ShareLinkBody[], say: (line: string) => void): void {
  if (shareLinks.length === 0) return say('There are no share links.')
  for (const shareLink of shareLinks) {
    const until = shareLink.expiresAt === null ? 'never' : new Date(shareLink.expiresAt).toLocaleString()
    say(`${shareLink.id}  ${shareLink.state.padEnd(9)}  ${until.padEnd(24)}  ${shareLink.title}`)
  }
}
