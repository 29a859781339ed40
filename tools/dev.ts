// A server on a seeded data folder of its own, started again when its source changes: npm run dev
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readServerFile } from '@vitrine/server/data-folder'

const root = join(import.meta.dirname, '..')
const dataFolder = join(root, 'data', 'dev')
const isNew = !existsSync(dataFolder)
const env = {
  ...process.env,
  VITRINE_DATA: dataFolder,
  VITRINE_PUBLIC_PORT: process.env['VITRINE_PUBLIC_PORT'] ?? '4503',
}
const watched = ['server', 'zip', 'domain', 'api', 'ui', 'link', 'web'].map(
  (name) => `--watch-path=${join(root, 'packages', name, 'src')}`,
)
const vitrine = join(root, 'packages', 'server', 'bin', 'vitrine.mjs')

const server = spawn(process.execPath, [...watched, vitrine, 'start'], { stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))

if (isNew) {
  while (readServerFile(dataFolder) === undefined) await pause(200)
  spawn(process.execPath, [join(root, 'tools', 'seed.ts')], { stdio: 'inherit', env })
}
