import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { examine, type Finding } from '../examine.ts'

const usage = 'vitrine doctor [--json]'

/** Says whether this machine has what Vitrine needs, and what would help. */
export const doctor: Command = {
  summary: 'check the machine, the settings, the data folder and the running server',
  usage,
  run: async (run) => {
    const given = readArguments(run.args, { json: { type: 'boolean' } }, usage, [0, 0])
    const findings = await examine(run.env)
    if (given.has('json')) run.terminal.say(JSON.stringify({ findings }))
    else for (const finding of findings) run.terminal.say(lineOf(finding))
    return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0
  },
}

const marks = { good: 'ok   ', note: 'note ', wrong: 'WRONG' } as const

function lineOf({ verdict, about, says }: Finding): string {
  return `${marks[verdict]}  ${about.padEnd(14)}  ${says}`
}
