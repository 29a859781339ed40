import { readFileSync } from 'node:fs'

/** How many tests ended how. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Nothing ran. */
export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Both together. */
export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The members of vitest's JSON report that are counted. */
interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** The members of Playwright's JSON report that are counted. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
}

/**
 * Counts a run of vitest. A file that could not be loaded counts as a failed test, and so does a run that
 * failed as a whole without one that says why: an exit code of 1 is never "0 failed".
 *
 * @param path the JSON report, which is missing when vitest did not come that far
 */
export function countVitest(path: string, exitCode: number): Counts {
  const report = readReport<VitestReport>(path)
  if (!report) return withExitCode(noTests, exitCode)
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return withExitCode(counts, exitCode)
}

/** Counts a run of Playwright. A test that passed at the second try passed. */
export function countPlaywright(path: string, exitCode: number): Counts {
  const report = readReport<PlaywrightReport>(path)
  if (!report) return withExitCode(noTests, exitCode)
  const { expected, flaky, unexpected, skipped } = report.stats
  return withExitCode({ passed: expected + flaky, failed: unexpected, skipped }, exitCode)
}

function readReport<Report>(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}

function withExitCode(counts: Counts, exitCode: number): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
