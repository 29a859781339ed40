import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlCommand } from './curl-command.ts'

const part = (name: string) => ({
  number: 1,
  name,
  mediaType: 'application/zip',
  size: 1,
  etag: '"x"',
  url: '/linkshare.html/downloads/d/parts/1?dl=abc',
})

/** What a shell hands to a program called `curl`. */
function argumentsSeenByShell(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('the curl command of a download', () => {
  it('means the same to a shell whatever the name holds', () => {
    const aName = fc.string({ unit: 'grapheme', minLength: 1 }).map((name) => name.replaceAll(/[\p{Cc}/]/gu, '_'))
    fc.assert(
      fc.property(aName, (name) => {
        const seen = argumentsSeenByShell(curlCommand([part(name)], 'http://a.example'))
        expect(seen).toEqual([
          '-fL',
          '-C',
          '-',
          '-o',
          `./${name}`,
          'http://a.example/linkshare.html/downloads/d/parts/1?dl=abc',
        ])
      }),
      { numRuns: 40 },
    )
  })

  it('runs nothing that a name suggests', () => {
    const name = `'; touch /nowhere; echo "$(id)" \`id\` $HOME -rf`
    expect(argumentsSeenByShell(curlCommand([part(name)], 'http://a.example'))[4]).toBe(`./${name.replace(/\//g, '/')}`)
  })

  it('fetches one part after the other', () => {
    const command = curlCommand([part('a (1 of 2).zip'), part('a (2 of 2).zip')], 'http://a.example')
    expect(command.match(/curl /g)?.length).toBe(2)
    expect(command).toContain(' && ')
  })
})
