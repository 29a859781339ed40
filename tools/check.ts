import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkFunctionLengths } from './check/function-lengths.ts'
import { checkImports } from './check/imports.ts'
import { parseSource, type Source } from './check/parse-source.ts'
import { checkTrackedFiles, trackedFiles } from './check/tracked-files.ts'
import { root, run } from './run-program.ts'

/** What one check found. */
interface Outcome {
  readonly good: boolean
  /** What is wrong, or a summary. */
  readonly text: string
}

/** One thing that is checked. */
type Check = () => Promise<Outcome>

const files = await trackedFiles()
const isCode = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
const isTest = (path: string) => /\.(test|soak|contract)\.tsx?$/.test(path) || path.startsWith('e2e/')
const sources: readonly Source[] = files.filter(isCode).map((path) => parseSource(path))

const checks: Readonly<Record<string, Check>> = {
  format: program('oxfmt', '--check', '.'),
  lint: program('oxlint', '--type-aware', '--deny-warnings', '-c', '.oxlintrc.json', '.'),
  types: checkTypes,
  imports: async () => outcomeOf(checkImports(sources)),
  functions: checkFunctions,
  schema: program(process.execPath, 'tools/dump-schema.ts', '--check'),
  changelog: checkChangelog,
  files: async () => outcomeOf(await checkTrackedFiles()),
}

process.exitCode = await runChecks(process.argv.slice(2))

/** Runs all, or those that are named, and reports all. */
async function runChecks(names: readonly string[]): Promise<number> {
  const failed: string[] = []
  for (const [name, check] of Object.entries(checks)) {
    if (names.length > 0 && !names.includes(name)) continue
    const start = performance.now()
    const { good, text } = await check()
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${good && text === '' ? '' : `\n${text}`}`)
    if (!good) failed.push(name)
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Checks failed: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

/** A check that another program does. What it prints is shown when it fails. */
function program(name: string, ...args: readonly string[]): Check {
  return async () => {
    const { code, output } = await run(name, args)
    return { good: code === 0, text: code === 0 ? '' : output.trim() }
  }
}

async function checkTypes(): Promise<Outcome> {
  const projects = files.filter((path) => /(^|\/)tsconfig\.json$/.test(path)).map((path) => join(path, '..'))
  const problems: string[] = []
  for (const project of projects) {
    if (!files.some((path) => path.startsWith(`${project}/`) && isCode(path))) continue
    const { code, output } = await run('tsc', ['-p', project])
    if (code !== 0) problems.push(output.trim())
  }
  return outcomeOf(problems)
}

async function checkFunctions(): Promise<Outcome> {
  const { problems, summary } = checkFunctionLengths(sources.filter(({ path }) => !isTest(path)))
  return { good: problems.length === 0, text: [summary, ...problems].join('\n') }
}

/** What changed for those who use it is written where the next release is written from. */
async function checkChangelog(): Promise<Outcome> {
  const written = files.some((path) => path.startsWith('changelog/unreleased/') && path.endsWith('.md'))
  const released = existsSync(join(root, 'CHANGELOG.md'))
  if (written || released) return outcomeOf([])
  return outcomeOf(['changelog/unreleased/ has no note about what changed'])
}

function outcomeOf(problems: readonly string[]): Outcome {
  return { good: problems.length === 0, text: problems.join('\n') }
}
