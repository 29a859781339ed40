import { describe, expect, it } from 'vitest'
import { Gate } from './gate.ts'

describe('a gate', () => {
  it('lets as many through as it is wide, the first come first, also after failures', async () => {
    const gate = new Gate(2)
    const order: number[] = []
    let inside = 0
    let most = 0
    const work = Array.from({ length: 9 }, (_, at) =>
      gate.run(async () => {
        order.push(at)
        inside += 1
        most = Math.max(most, inside)
        await new Promise(setImmediate)
        inside -= 1
        if (at % 3 === 0) throw new Error('failed')
      }),
    )
    const outcomes = await Promise.allSettled(work)
    expect(outcomes.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(3)
    expect([order, most, inside]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8], 2, 0])
    expect(await gate.run(async () => 'open again')).toBe('open again')
  })
})
