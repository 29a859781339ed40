import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { CliFailure } from './cli-failure.ts'

/** The flags that a command takes, as `node:util` describes them. */
export type Flags = ParseArgsOptionsConfig

/** What stood on the command line after the command's name. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly text: (flag: string) => string | undefined
  readonly has: (flag: string) => boolean
}

/**
 * Reads a command's arguments, strictly.
 *
 * @throws {CliFailure} that says what was not understood, and how the command is used
 */
export function readArguments(
  args: readonly string[],
  flags: Flags,
  usage: string,
  positionals: [number, number],
): Arguments {
  const parsed = parse(args, flags, usage)
  const [fewest, most] = positionals
  if (parsed.positionals.length < fewest || parsed.positionals.length > most) throw new CliFailure(`Usage: ${usage}`)
  return {
    positionals: parsed.positionals,
    text: (flag) => {
      const value = parsed.values[flag]
      return typeof value === 'string' ? value : undefined
    },
    has: (flag) => parsed.values[flag] === true,
  }
}

function parse(args: readonly string[], flags: Flags, usage: string) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true, strict: true })
  } catch (error) {
    throw new CliFailure(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`)
  }
}
