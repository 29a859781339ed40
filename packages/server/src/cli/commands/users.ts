import { newPassword } from '../../people/random-secrets.ts'
import { allOf } from '../all-of.ts'
import { readArguments, type Arguments } from '../arguments.ts'
import { CliFailure } from '../cli-failure.ts'
import type { Command, CommandRun } from '../command.ts'
import { withServer } from '../find-server.ts'
import type { ServerClient } from '../server-client.ts'

const usage = 'vitrine users [list | add NAME | disable NAME | enable NAME] [--display-name TEXT] [--admin] [--json]'
const flags = { 'display-name': { type: 'string' }, admin: { type: 'boolean' }, json: { type: 'boolean' } } as const

/** A user as the API shows one. */
interface UserBody {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly disabledAt: string | null
}

/** Lists, makes, disables and enables users. */
export const users: Command = {
  summary: 'list users, add one, disable or enable one',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, flags, usage, [0, 2])
    const [action = 'list', name] = given.positionals
    const act = actions[action]
    if (act === undefined || (action !== 'list' && name === undefined)) throw new CliFailure(`Usage: ${usage}`)
    return withServer(run, { purpose: 'ask' }, async ({ client }) => {
      await act(client, run, given, name ?? '')
      return 0
    })
  },
}

type Act = (client: ServerClient, run: CommandRun, given: Arguments, name: string) => Promise<void>

const actions: Readonly<Record<string, Act>> = {
  list: async (client, run, given) => {
    const found = await allOf<UserBody>(client, '/api/v1/users?limit=500')
    if (given.has('json')) return run.terminal.say(JSON.stringify({ users: found }))
    for (const user of found) {
      run.terminal.say(
        `${user.name.padEnd(24)}  ${user.disabledAt === null ? 'active  ' : 'disabled'}  ${user.displayName}`,
      )
    }
  },
  add: async (client, run, given, name) => {
    const password = newPassword().reveal()
    const user = await client.call<UserBody>('POST', '/api/v1/users', {
      name,
      displayName: given.text('display-name') ?? name,
      password,
    })
    if (given.has('admin')) await makeAdministrator(client, user.id)
    tellPassword(run, given, user, password)
  },
  disable: async (client, run, given, name) => {
    await client.call('POST', `/api/v1/users/${(await userNamed(client, name)).id}/disable`, {})
    say(run, given, { name, disabled: true }, `${name} can no longer sign in.`)
  },
  enable: async (client, run, given, name) => {
    await client.call('POST', `/api/v1/users/${(await userNamed(client, name)).id}/enable`, {})
    say(run, given, { name, disabled: false }, `${name} can sign in again.`)
  },
}

function say(run: CommandRun, given: Arguments, object: unknown, sentence: string): void {
  run.terminal.say(given.has('json') ? JSON.stringify(object) : sentence)
}

/** Prints a password that was just set: it is shown this once. */
export function tellPassword(
  run: CommandRun,
  given: Arguments,
  user: { readonly id: string; readonly name: string },
  password: string,
): void {
  const object = { id: user.id, name: user.name, password }
  say(run, given, object, `${user.name} can sign in with the password ${password} (shown this once).`)
}

/** The user with this sign-in name. @throws {CliFailure} when there is none */
export async function userNamed(client: ServerClient, name: string): Promise<UserBody> {
  const users = await allOf<UserBody>(client, `/api/v1/users?name=${encodeURIComponent(name)}`)
  const found = users.find((user) => user.name === name)
  if (found === undefined) throw new CliFailure(`There is no user ${name}.`)
  return found
}

async function makeAdministrator(client: ServerClient, userId: string): Promise<void> {
  const [administrators] = await allOf<{ id: string }>(client, '/api/v1/groups?name=administrators')
  if (administrators === undefined) throw new CliFailure('The group of administrators is missing.')
  await client.call('PUT', `/api/v1/groups/${administrators.id}/members/${userId}`)
}
