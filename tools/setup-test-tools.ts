import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './run-program.ts'

/** Something that tests use and npm does not bring. */
interface Tool {
  /** Package of Debian. */
  readonly debian: string
  /** What tests use it for. */
  readonly purpose: string
  readonly isThere: () => boolean
}

const tools: readonly Tool[] = [
  tool('chromium', 'journeys in a browser', 'chromium', 'chromium-browser', 'google-chrome'),
  tool('firefox-esr', 'the main journey in a second engine', 'firefox-esr', 'firefox'),
  tool('7zip', 'reading archives', '7z', '7zz'),
  tool('libarchive-tools', 'reading archives', 'bsdtar'),
  tool('unzip', 'reading archives', 'unzip'),
  tool('python3', 'reading archives', 'python3'),
  tool('aria2', 'parallel and resumed downloads', 'aria2c'),
  tool('wget', 'resumed downloads', 'wget'),
  tool('curl', 'resumed downloads', 'curl'),
  tool('nginx-light', 'a proxy in front, and comparison in benchmarks', 'nginx'),
  tool('openssl', 'certificates of that proxy', 'openssl'),
  font('fonts-droid-fallback', 'Chinese, Japanese and Korean in pictures of pages', 'fonts-droid-fallback'),
  font('fonts-noto-color-emoji', 'emoji in pictures of pages', 'noto/NotoColorEmoji.ttf'),
]

function tool(debian: string, purpose: string, ...programs: readonly string[]): Tool {
  return { debian, purpose, isThere: () => programs.some((program) => isProgram(program)) }
}

function font(debian: string, purpose: string, path: string): Tool {
  const folders = ['/usr/share/fonts/truetype', '/usr/share']
  return { debian, purpose, isThere: () => folders.some((folder) => existsSync(join(folder, path))) }
}

function isProgram(name: string): boolean {
  // Not every user's PATH names the folder of servers such as nginx.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Installs what is missing where that can be done: on Debian and its relatives, as root.
 *
 * @returns what is still missing, one line each
 */
export async function setUpTestTools(): Promise<readonly string[]> {
  const missing = () => tools.filter((one) => !one.isThere())
  const wanted = missing().map(({ debian }) => debian)
  if (wanted.length > 0 && process.getuid?.() === 0 && isProgram('apt-get')) await install(wanted)
  return missing().map(({ debian, purpose }) => `${debian} (${purpose})`)
}

async function install(packages: readonly string[]): Promise<void> {
  console.log(`Installing ${packages.join(' ')}`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const once = () => run('apt-get', ['install', ...options, ...packages], { env })
  if ((await once()).code === 0) return
  await run('apt-get', ['update', '-qq'], { env })
  const { code, output } = await once()
  if (code !== 0) console.log(output.trim())
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const missing = await setUpTestTools()
  console.log(missing.length === 0 ? 'All test tools are there.' : `Missing:\n${missing.join('\n')}`)
  process.exitCode = missing.length === 0 ? 0 : 1
}
