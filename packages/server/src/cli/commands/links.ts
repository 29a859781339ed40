import type { ShareLinkBody } from '@vitrine/api'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { connect } from '../find-server.ts'
import type { ServerClient } from '../server-client.ts'

const usage = 'vitrine links [--all] [--json]'

/** Lists share links. */
export const links: Command = {
  summary: 'list your share links, or with --all everybody’s',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { all: { type: 'boolean' }, json: { type: 'boolean' } }, usage, [0, 0])
    const connection = await connect(run, { purpose: 'ask' })
    try {
      const shareLinks = await allShareLinks(connection.client, given.has('all'))
      if (given.has('json')) run.terminal.say(JSON.stringify({ shareLinks }))
      else printTable(shareLinks, run.terminal.say)
      return 0
    } finally {
      await connection.close()
    }
  },
}

async function allShareLinks(client: ServerClient, everybodys: boolean): Promise<ShareLinkBody[]> {
  const found: ShareLinkBody[] = []
  let cursor = ''
  for (;;) {
    const page = await client.call<{ items: ShareLinkBody[]; next: string | null }>(
      'GET',
      `/api/v1/share-links?limit=200${everybodys ? '&all=true' : ''}${cursor}`,
    )
    found.push(...page.items)
    if (page.next === null) return found
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

function printTable(shareLinks: readonly ShareLinkBody[], say: (line: string) => void): void {
  if (shareLinks.length === 0) return say('There are no share links.')
  for (const shareLink of shareLinks) {
    const until = shareLink.expiresAt === null ? 'never' : new Date(shareLink.expiresAt).toLocaleString()
    say(`${shareLink.id}  ${shareLink.state.padEnd(9)}  ${until.padEnd(24)}  ${shareLink.title}`)
  }
}
