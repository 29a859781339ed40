import type { LiveEvent } from '@vitrine/api'
import type { NodeId } from '@vitrine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, PendingEvents } from './pending-events.ts'

const window = 250
const folder = (name: string): LiveEvent => ({ kind: 'folder', folder: name })
const aMoment = fc.record({
  /** In ms after the one before. */
  after: fc.integer({ min: 0, max: 400 }),
  folder: fc.constantFrom('a', 'b', 'c'),
  child: fc.constantFrom(undefined, '1', '2', '3'),
})

describe('events that wait for a reader', () => {
  it('are told once in each window at most, never before they came, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(aMoment, { maxLength: 60 }), (moments) => {
        const pending = new PendingEvents(window)
        const told = new Map<string, number[]>()
        const tell = (now: number) => {
          for (const { event } of pending.takeDue(now)) {
            const key = JSON.stringify(event)
            told.set(key, [...(told.get(key) ?? []), now])
          }
        }
        const cameAt = new Map<string, number>()
        let now = 0
        for (const { after, folder: name } of moments) {
          // Whoever tells comes exactly when something is due.
          const next = now + after
          for (let due = pending.nextDue; due <= next; due = pending.nextDue) tell(due)
          now = next
          pending.add({ event: folder(name), condition: 'none' }, now)
          cameAt.set(JSON.stringify(folder(name)), now)
        }
        for (let due = pending.nextDue; due < Infinity; due = pending.nextDue) tell(Math.max(due, now))
        for (const [key, last] of cameAt) {
          const times = told.get(key) ?? []
          expect(times.at(-1)).toBeGreaterThanOrEqual(last)
          expect(times.at(-1)).toBeLessThanOrEqual(last + window)
          for (const [index, time] of times.slice(1).entries()) {
            expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(window)
          }
        }
      }),
    )
  })

  it('have every reason that they came for', () => {
    const reasons = fc.array(fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }), { minLength: 1 })
    fc.assert(
      fc.property(reasons, (children) => {
        const pending = new PendingEvents(window)
        for (const child of children) {
          const condition: Condition = child === undefined ? 'none' : new Set([child as NodeId])
          pending.add({ event: folder('a'), condition }, 0)
        }
        const expected = children.includes(undefined) ? 'none' : new Set(children)
        expect(pending.takeDue(0)).toEqual([{ event: folder('a'), condition: expected }])
      }),
    )
  })

  it('come to one that says so when there are too many', () => {
    const pending = new PendingEvents(window)
    for (let i = 0; i < 5000; i++) pending.add({ event: folder(`${i}`), condition: 'none' }, 0)
    const told = pending.takeDue(0)
    expect(told.length).toBeLessThanOrEqual(1000)
    expect(told[0]?.event).toEqual({ kind: 'resync' })
  })
})
