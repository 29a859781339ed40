import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveEvent } from '@vitrine/api'

/** The browser's side of a stream of events. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static last: Source
  readonly readyState = 1

  constructor() {
    super()
    Source.last = this
  }

  close(): void {}

  open(): void {
    this.dispatchEvent(new Event('open'))
  }

  hear(event: LiveEvent): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }))
  }
}

vi.stubGlobal('EventSource', Source)
vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
vi.stubGlobal('addEventListener', () => undefined)
const { followLiveChanges, onLiveChange } = await import('./live-changes.ts')
const { queryClient } = await import('../api/queries.ts')

let told: string[] = []
const ends: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  ends.push(
    onLiveChange(({ kind }) => told.push(kind)),
    followLiveChanges(),
  )
})

afterEach(() => {
  for (const end of ends.splice(0)) end()
  queryClient.clear()
  vi.useRealTimers()
})

function answer(key: string): void {
  queryClient.setQueryData([key], key)
}

function isOld(key: string): boolean | undefined {
  return queryClient.getQueryState([key])?.isInvalidated
}

it('asks again at first for what was answered before the stream was asked for', () => {
  const before = { updatedAt: Date.now() - 1 }
  queryClient.setQueryData(['early'], 'early', before)
  vi.advanceTimersByTime(50)
  answer('late')
  Source.last.open()
  expect([isOld('early'), isOld('late')]).toEqual([true, false])
})

it('asks again for everything where the stream was long in opening', () => {
  vi.advanceTimersByTime(500)
  answer('late')
  vi.advanceTimersByTime(5000)
  Source.last.open()
  expect(isOld('late')).toBe(true)
})

it('asks again for everything after a lost connection, and once', () => {
  Source.last.open()
  Source.last.hear({ kind: 'work' })
  answer('known')
  told = []
  Source.last.open()
  Source.last.hear({ kind: 'resync' })
  expect([isOld('known'), told]).toEqual([true, ['resync']])
  answer('known')
  Source.last.hear({ kind: 'resync' })
  expect([isOld('known'), told]).toEqual([true, ['resync', 'resync']])
})

it('hears also what comes first, where nothing was heard before', () => {
  Source.last.open()
  answer('known')
  Source.last.open()
  answer('known')
  Source.last.hear({ kind: 'resync' })
  expect(isOld('known')).toBe(true)
})
