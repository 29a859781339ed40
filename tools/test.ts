import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, run } from './run-program.ts'
import { setUpTestTools } from './setup-test-tools.ts'
import { addCounts, countPlaywright, countVitest, noTests, type Counts } from './test/count-results.ts'
import { makeTestFolder } from './test/test-folder.ts'

const usage = `npm test -- [--only browser|code] [--soak] [--no-setup] [FILTER…]
  --only browser   the journeys in a browser alone
  --only code      all but those
  --soak           the campaigns at their full length, instead: hundreds of kills, hours
  --no-setup       install nothing
  FILTER           only files whose path holds it`

const options = {
  only: { type: 'string' },
  soak: { type: 'boolean', default: false },
  'no-setup': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const
const { values, positionals: filters } = parseArgs({ options, allowPositionals: true })

if (values.help) console.log(usage)
else process.exitCode = await testAll()

/** Runs what was asked for and ends with the one line that counts. */
async function testAll(): Promise<number> {
  const missing = values['no-setup'] ? [] : await setUpTestTools()
  const folder = makeTestFolder()
  const interrupted = () => {
    folder.clear()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  let counts: Counts = noTests
  try {
    if (values.only !== 'browser') counts = addCounts(counts, await testCode(folder.path))
    if (values.only !== 'code' && !values.soak && hasJourneys())
      counts = addCounts(counts, await testInBrowser(folder.path))
  } finally {
    const left = folder.clear()
    if (left > 0) console.log(`${left} processes were left behind and ended`)
  }
  const all = addCounts(counts, countMissing(missing))
  console.log(`\n${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`)
  return all.failed === 0 && all.passed > 0 ? 0 : 1
}

/** Each missing tool is a skip, because tests that need it are skipped; where everything should be there, a failure. */
function countMissing(missing: readonly string[]): Counts {
  if (missing.length === 0) return noTests
  console.log(`\nNot installed, so that tests are skipped:\n  ${missing.join('\n  ')}`)
  const strict = process.env['CI'] === 'true'
  return strict ? { ...noTests, failed: missing.length } : { ...noTests, skipped: missing.length }
}

async function testCode(folder: string): Promise<Counts> {
  const report = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const project = values.soak ? 'soak' : '!soak'
  const args = ['run', `--project=${project}`, '--passWithNoTests', ...reporters, ...filters]
  const env = { TMPDIR: folder, ...(values.soak ? { SOAK: 'true' } : {}) }
  const { code } = await run('vitest', args, { show: true, env })
  return countVitest(report, code)
}

function hasJourneys(): boolean {
  return existsSync(join(root, 'e2e/playwright.config.ts'))
}

async function testInBrowser(folder: string): Promise<Counts> {
  const report = join(folder, 'playwright.json')
  const env = { TMPDIR: folder, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const args = ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', '--pass-with-no-tests', ...filters]
  const { code } = await run('playwright', args, { show: true, env })
  return countPlaywright(report, code)
}
