import { writeSync } from 'node:fs'

/** Where a command talks to: the result to stdout, everything else to stderr. */
export interface Terminal {
  /** A line of the result. */
  readonly say: (line: string) => void
  /** A line about what is going on. */
  readonly tell: (line: string) => void
  /** Replaces the progress line; on something that is no terminal it prints one now and then. */
  readonly progress: (line: string) => void
  /** Ends the progress line, so that the next line starts afresh. */
  readonly progressDone: () => void
}

/** How often progress is printed where lines cannot be replaced, in ms. */
const plainInterval = 5_000

/** The terminal of this process. Writes at once, so that nothing is lost when the process ends. */
export function processTerminal(clock: () => number = Date.now): Terminal {
  const replaces = process.stderr.isTTY
  let open = false
  let printedAt = -Infinity
  const progressDone = () => {
    if (open) writeWhole(2, '\n')
    open = false
  }
  return {
    say: (line) => writeWhole(1, `${line}\n`),
    tell: (line) => {
      progressDone()
      writeWhole(2, `${line}\n`)
    },
    progress: (line) => {
      if (replaces) {
        writeWhole(2, `\r\u001b[2K${line}`)
        open = true
      } else if (clock() - printedAt >= plainInterval) {
        printedAt = clock()
        writeWhole(2, `${line}\n`)
      }
    },
    progressDone,
  }
}

/** A pipe may take less than the whole at once, or nothing for a moment (EAGAIN). */
function writeWhole(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
