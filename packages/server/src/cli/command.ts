import type { Terminal } from './terminal.ts'

/** What a command runs with. */
export interface CommandRun {
  /** What stood after the command's name. */
  readonly args: readonly string[]
  /** The environment's variables. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder in which the person stands. */
  readonly workingFolder: string
  readonly terminal: Terminal
  /** Aborted when the person wants the command to end (Ctrl-C). */
  readonly signal: AbortSignal
  /** Aborted when they want it a second time: what is running is cut off. */
  readonly now: AbortSignal
}

/** A command of the command line. */
export interface Command {
  /** One line for `vitrine --help`. */
  readonly summary: string
  /** How it is used, with its flags. */
  readonly usage: string
  /** Does it. @returns the exit code */
  readonly run: (run: CommandRun) => Promise<number>
}
