import { destination, pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config.ts'
import { describeError } from './describe-error.ts'
import { redact } from './redact.ts'

/** Lines of JSON, one an event, without secrets. */
export type Log = Logger

/**
 * Makes the log. It goes to stderr, because stdout is for answers of commands.
 *
 * @param stream where lines go instead
 */
export function createLog(config: Pick<Config, 'logLevel'>, stream: DestinationStream = destination(2)): Log {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    stream,
  )
}
