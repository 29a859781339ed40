import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { knownVariables, readConfig, WrongConfig } from './config.ts'

const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8')

describe('.env.example', () => {
  it('lists every variable with its default, and no other', () => {
    const listed = [...example.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value])
    const known = [...knownVariables].map(([name, standard]) => [name, standard ?? ''])
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known))
    expect(listed).toHaveLength(known.length)
  })

  it('says something about each', () => {
    const documented = [...example.matchAll(/^# .+\n#[A-Z][A-Z_]+=/gm)]
    expect(documented).toHaveLength(knownVariables.size)
  })
})

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4502, publicPort: undefined, defaultExpiry: 86_400_000 })
    expect(config.partSize).toBe(100e9)
    expect(isAbsolute(config.dataFolder)).toBe(true)
  })

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ VITRINE_PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}))
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })

  it('tells all mistakes at once, and repeats no value', () => {
    const mistaken = {
      VITRINE_PORT: '70000',
      VITRINE_DEFAULT_EXPIRY: 'soon',
      VITRINE_PUBLIC_URL: 'share.example.com',
      DATABASE_URL: 'mysql://root:hunter2@db',
      VITRINE_PROT: '4502',
    }
    const read = () => readConfig(mistaken)
    expect(read).toThrow(WrongConfig)
    for (const name of Object.keys(mistaken)) expect(read).toThrow(name)
    expect(read).not.toThrow('hunter2')
  })

  it('refuses a default expiry beyond the longest', () => {
    expect(() => readConfig({ VITRINE_LONGEST_EXPIRY: '1h' })).toThrow('VITRINE_DEFAULT_EXPIRY')
  })

  it.each(['100', '0', '1.2.3.4,', 'somewhere'])('does not believe "%s" to be proxies', (text) => {
    expect(() => readConfig({ VITRINE_TRUST_PROXY: text })).toThrow('VITRINE_TRUST_PROXY')
  })

  it('never prints a secret', () => {
    const config = readConfig({ VITRINE_ADMIN_PASSWORD: 'hunter2', DATABASE_URL: 'postgres://u:hunter2@db/x' })
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.adminPassword),
    ]
    for (const text of printed) expect(text).not.toContain('hunter2')
    expect(config.adminPassword?.reveal()).toBe('hunter2')
  })
})
