import { readConfig } from '../../config.ts'
import type { RunningServer } from '../../start-server.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { untilAborted } from '../until-aborted.ts'

const usage = 'vitrine start'

/** Runs the server until it is asked to stop. */
export const start: Command = {
  summary: 'run the server until Ctrl-C',
  usage,
  run: async (run) => {
    readArguments(run.args, {}, usage, [0, 0])
    const config = readConfig(run.env)
    const [{ createLog }, { startServer }] = await Promise.all([
      import('../../log/create-log.ts'),
      import('../../start-server.ts'),
    ])
    const server = await startServer(config, { log: createLog(config) })
    tellStart(server, run.terminal)
    await untilAborted(run.signal)
    await server.stop(run.now)
    return 0
  },
}

/** Says where a server answers, and the first password, which is shown this once. */
export function tellStart(server: RunningServer, terminal: Terminal): void {
  terminal.tell(`Vitrine runs at ${server.url}`)
  if (server.publicUrl !== undefined) terminal.tell(`Links are answered at ${server.publicUrl}`)
  if (server.firstPassword === undefined) return
  terminal.tell(`The user admin was made with the password ${server.firstPassword.reveal()} (shown this once).`)
}
