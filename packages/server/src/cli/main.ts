import { WrongConfig } from '../config.ts'
import { VitrineError } from '@vitrine/domain'
import { problemOf } from '../http/errors.ts'
import { listenForStop } from '../stop-signals.ts'
import { CliFailure } from './cli-failure.ts'
import type { Command } from './command.ts'
import { doctor } from './commands/doctor.ts'
import { importCommand } from './commands/import.ts'
import { links } from './commands/links.ts'
import { resetPassword } from './commands/reset-password.ts'
import { revoke } from './commands/revoke.ts'
import { share } from './commands/share.ts'
import { start } from './commands/start.ts'
import { users } from './commands/users.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/** Every command, by its name. */
const commands: ReadonlyMap<string, Command> = new Map([
  ['share', share],
  ['start', start],
  ['import', importCommand],
  ['links', links],
  ['revoke', revoke],
  ['users', users],
  ['reset-password', resetPassword],
  ['doctor', doctor],
])

const terminal = processTerminal()
process.exitCode = await runCommand(process.argv.slice(2), terminal)

async function runCommand([name, ...args]: string[], terminal: Terminal): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    printHelp(terminal, args[0])
    return name === undefined ? 1 : 0
  }
  const command = commands.get(name)
  if (command === undefined) {
    terminal.tell(`There is no command ${name}.`)
    printHelp(terminal)
    return 1
  }
  if (args.includes('--help') || args.includes('-h')) {
    printHelp(terminal, name)
    return 0
  }
  const { stop, now } = listenForStop()
  const run = { args, env: process.env, workingFolder: process.cwd(), terminal, signal: stop, now }
  try {
    return await command.run(run)
  } catch (error) {
    tellFailure(error, terminal, args.includes('--json'))
    return 1
  }
}

function printHelp(terminal: Terminal, name?: string): void {
  const command = name === undefined ? undefined : commands.get(name)
  if (command !== undefined) {
    terminal.say(`${command.usage}\n  ${command.summary}`)
    return
  }
  terminal.say('vitrine COMMAND: share and distribute digital assets\n')
  for (const [name, { summary }] of commands) terminal.say(`  ${name.padEnd(15)} ${summary}`)
  terminal.say('\n`vitrine COMMAND --help` shows how a command is used.')
}

/** With `--json`, scripts read a problem document; a person reads a sentence. Only faults of ours show a stack. */
function tellFailure(error: unknown, terminal: Terminal, asJson: boolean): void {
  terminal.progressDone()
  if (asJson) return terminal.tell(JSON.stringify(problemDocument(error)))
  const expected = error instanceof CliFailure || error instanceof VitrineError || error instanceof WrongConfig
  if (expected) return terminal.tell(error.message)
  terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function problemDocument(error: unknown): object {
  if (error instanceof CliFailure && error.problem !== undefined) return error.problem
  const known =
    error instanceof VitrineError
      ? error
      : new VitrineError(
          error instanceof CliFailure || error instanceof WrongConfig ? 'request/invalid' : 'server/internal',
          error instanceof Error ? error.message : String(error),
        )
  return problemOf(known, '')
}
