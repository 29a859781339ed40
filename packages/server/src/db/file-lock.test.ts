import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tryLock, waitForLock } from './file-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-lock-'))
afterAll(() => rm(folder, { recursive: true }))
let count = 0
const aPath = () => join(folder, `lock-${count++}`)

describe('a lock on a file', () => {
  it('has one holder, until that one lets go', () => {
    const path = aPath()
    const held = tryLock(path)
    expect(held).toBeDefined()
    expect(tryLock(path)).toBeUndefined()
    held?.release()
    held?.release()
    const next = tryLock(path)
    expect(next).toBeDefined()
    next?.release()
    expect(statSync(path).size).toBe(0)
  })

  it('needs no room: its file stays empty, and there is none beside it', () => {
    const path = aPath()
    const held = tryLock(path)
    expect([statSync(path).size, existsSync(`${path}-journal`)]).toEqual([0, false])
    held?.release()
  })

  it('is let go when its process is killed', async () => {
    const path = aPath()
    const program = `
      import { tryLock } from ${JSON.stringify(join(import.meta.dirname, 'file-lock.ts'))}
      globalThis.held = tryLock(${JSON.stringify(path)})
      console.log('held')
      setInterval(() => {}, 60_000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(tryLock(path)).toBeUndefined()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const held = await waitForLock(path, 10_000)
    held.release()
  })

  it('can be shared; the last of those who share it can have it alone', () => {
    const path = aPath()
    const [a, b] = [tryLock(path, 'shared'), tryLock(path, 'shared')]
    expect(tryLock(path)).toBeUndefined()
    expect(a?.becomeOnlyHolder()).toBe(false)
    expect(b?.becomeOnlyHolder()).toBe(true)
    expect(tryLock(path, 'shared')).toBeUndefined()
    b?.release()
    a?.release()
  })
})
