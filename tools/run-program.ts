import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

/** Folder of the root package.json. */
export const root = join(import.meta.dirname, '..')

/** How a program ended. */
export interface Ended {
  /** Exit code; 1 when a signal ended it. */
  readonly code: number
  /** stdout and stderr, as they came; empty where they were passed through. */
  readonly output: string
}

/** How to run a program. */
export interface RunOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Show what it prints instead of keeping it. */
  readonly show?: boolean
}

/** Runs a program in the root folder, those of our dependencies first. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const path = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  const child = spawn(program, args, {
    cwd: root,
    stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path, ...options.env },
  })
  let output = ''
  const keep = (chunk: Buffer) => void (output += chunk.toString())
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: String(error) }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
