import { newPassword } from '../../people/random-secrets.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { withServer } from '../find-server.ts'
import { tellPassword, userNamed } from './users.ts'

const usage = 'vitrine reset-password NAME [--json]'

/** Gives a user a new password, and prints it once. */
export const resetPassword: Command = {
  summary: 'give a user a new password and print it once',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { json: { type: 'boolean' } }, usage, [1, 1])
    return withServer(run, { purpose: 'ask' }, async ({ client }) => {
      const user = await userNamed(client, given.positionals[0]!)
      const password = newPassword().reveal()
      await client.call('PUT', `/api/v1/users/${user.id}/password`, { password })
      tellPassword(run, given, user, password)
      return 0
    })
  },
}
