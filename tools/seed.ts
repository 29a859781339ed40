// Fills the running server with a small company's material: node tools/seed.ts [--size small|large]
import { parseArgs } from 'node:util'
import { withServer } from '@vitrine/server/cli/find-server'
import { processTerminal } from '@vitrine/server/cli/terminal'
import { seed } from './seed/seed.ts'

const scales: Readonly<Record<string, number>> = { small: 1, large: 50 }
const { values } = parseArgs({ options: { size: { type: 'string', default: 'small' } } })
const scale = scales[values.size]
if (scale === undefined) throw new Error(`--size ${values.size}: give ${Object.keys(scales).join(' or ')}`)

const terminal = processTerminal()
const never = new AbortController().signal
const run = { args: [], env: process.env, workingFolder: process.cwd(), terminal, signal: never, now: never }
await withServer(run, { purpose: 'ask' }, ({ client }) => seed(client, scale, terminal))
