import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TransferTurns } from './transfer-turns.ts'

const loopTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('turns of transfers', () => {
  it('come in the order in which they were waited for, each once, whatever each takes', async () => {
    const durations = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(durations, fc.nat(3), async (takes, rounds) => {
        let now = 0
        const turns = new TransferTurns(() => now)
        const served: string[] = []
        const wait = (which: number, round: number): void =>
          turns.wait(() => {
            served.push(`${round}.${which}`)
            now += takes[which] ?? 0
            if (round < rounds) wait(which, round + 1)
          })
        for (const which of takes.keys()) wait(which, 0)
        expect(served).toEqual([])
        while (served.length < takes.length * (rounds + 1)) await loopTurn()
        const all = Array.from({ length: rounds + 1 }, (_, round) =>
          [...takes.keys()].map((which) => `${round}.${which}`),
        )
        expect(served).toEqual(all.flat())
      }),
    )
  })

  it('leave the loop to others after a millisecond, however many wait', async () => {
    let now = 0
    const turns = new TransferTurns(() => now)
    let served = 0
    for (let i = 0; i < 100; i++) {
      turns.wait(() => {
        served += 1
        now += 0.4
      })
    }
    for (let round = 1; round <= 10; round++) {
      await loopTurn()
      expect(served).toBe(round * 3)
    }
  })
})
