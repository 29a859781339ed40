import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run-program.ts'

/** Paths of the files in git, from the root folder. Files that were deleted and not yet committed are left out. */
export async function trackedFiles(): Promise<readonly string[]> {
  const [tracked, deleted] = await Promise.all([run('git', ['ls-files', '-z']), run('git', ['ls-files', '-zd'])])
  const gone = new Set(deleted.output.split('\0'))
  return tracked.output.split('\0').filter((path) => path !== '' && !gone.has(path))
}

/** A file's text, from the root folder. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a path of one machine', /(?<![\w.}])\/(?:tmp|work|root|farm)\/[\w.-]+|\/home\/(?!me\b|you\b|ann\b)[a-z]\w+\//],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an access key', /\b(?:AKIA[A-Z\d]{16}|gh[pousr]_\w{36}|npm_\w{36}|xox[bp]-\d)/],
  ['the address of a registry', /"resolved": "http|_authToken/],
]

/** What must not be published: paths of a machine, secrets, addresses of registries. */
export async function checkTrackedFiles(): Promise<readonly string[]> {
  const paths = (await trackedFiles()).filter((path) => path !== 'tools/check/tracked-files.ts')
  return paths.flatMap((path) => {
    const text = textOf(path)
    // Binary files are pictures and archives for tests.
    if (text.includes('\0')) return []
    return text
      .split('\n')
      .flatMap((line, index) =>
        forbidden.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${index + 1} holds ${what}`),
      )
  })
}
