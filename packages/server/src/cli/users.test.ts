import { describe, expect, it } from 'vitest'
import { aDesk } from './a-desk.ts'

// Several processes, each with a start of its own.
describe('vitrine users', { timeout: 240_000 }, () => {
  it('adds somebody, with a password that can be set anew', async () => {
    const { desk, call } = await aDeskWithServer()
    const added = await desk.run('users', 'add', 'bo', '--admin', '--json').ended
    expect(added.code).toBe(0)
    const { password } = JSON.parse(added.last)
    expect(await call('bo', password, 'users')).toBe(200)

    const reset = await desk.run('reset-password', 'bo', '--json').ended
    expect(await call('bo', password, 'me')).toBe(401)
    expect(await call('bo', JSON.parse(reset.last).password, 'me')).toBe(200)
  })

  it('finds each of more users than a page of the API holds', async () => {
    const { desk, call } = await aDeskWithServer()
    const names = Array.from({ length: 501 }, (_, index) => `user-${1000 + index}`)
    for (const name of names) expect(await call('admin', desk.password, 'users', { name })).toBe(201)

    const { last } = await desk.run('users', '--json').ended
    const listed = JSON.parse(last).users.map(({ name }: { name: string }) => name)
    expect(listed).toEqual(['admin', ...names])

    const reset = await desk.run('reset-password', 'user-1500', '--json').ended
    const { password } = JSON.parse(reset.last)
    expect((await desk.run('users', 'disable', 'user-1500').ended).code).toBe(0)
    expect(await call('user-1500', password, 'me')).toBe(403)
    expect((await desk.run('users', 'enable', 'user-1500').ended).code).toBe(0)
    expect(await call('user-1500', password, 'me')).toBe(200)
    expect((await desk.run('users', 'disable', 'user-2000').ended).code).toBe(1)
  })
})

async function aDeskWithServer() {
  const desk = await aDesk()
  const server = desk.run('start')
  const address = (await server.says(/Vitrine runs at \S+/)).split(' ').at(-1)!
  /** Calls the API as somebody. Answers the status. */
  const call = async (user: string, password: string, path: string, body?: object) => {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const sent = body && { method: 'POST', body: JSON.stringify(body) }
    const headers = { authorization, ...(body && { 'content-type': 'application/json' }) }
    const { status } = await fetch(`${address}/api/v1/${path}`, { ...sent, headers })
    return status
  }
  return { desk, call }
}
