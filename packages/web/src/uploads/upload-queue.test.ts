import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endStates, uploadStates } from './upload-entry.ts'
import type { UploadEntry, UploadResult } from './upload-entry.ts'
import { UploadQueue } from './upload-queue.ts'

const folder = { id: 'folder', name: 'Folder' }

interface Sending {
  readonly entry: UploadEntry
  readonly signal: AbortSignal
  readonly onSent: (bytes: number) => void
  readonly resolve: (result: UploadResult) => void
  readonly reject: (failure: unknown) => void
}

/** A queue, and what it sends: the story says how each of it goes. */
class Story {
  readonly sending: Sending[] = []
  readonly ends: UploadEntry[] = []
  readonly questions: UploadEntry[] = []
  entries: UploadEntry[] = []
  mostAtOnce = 0
  readonly queue: UploadQueue

  constructor(most = 3) {
    this.queue = new UploadQueue({
      most,
      send: (entry, signal, onSent) =>
        new Promise((resolve, reject) => {
          const one: Sending = { entry, signal, onSent, resolve, reject }
          this.sending.push(one)
          this.mostAtOnce = Math.max(this.mostAtOnce, this.sending.length)
          signal.addEventListener('abort', () => this.#settle(one, () => reject(signal.reason)))
        }),
      isQuestion: (failure) => failure === 'question',
      stopsAll: (failure) => failure === 'full',
      onChange: () => undefined,
      onEnd: (entry) => this.ends.push(entry),
      onQuestion: (entry) => this.questions.push(entry),
    })
  }

  add(sizes: readonly number[]): void {
    const wanted = sizes.map((size, n) => ({ folder, kind: 'file' as const, relativePath: `${n}`, size }))
    this.entries = [...this.entries, ...this.queue.add(wanted)]
  }

  /** Ends the n-th of what is sent now. */
  finish(n: number, failure?: string): void {
    const one = this.sending[n % Math.max(1, this.sending.length)]
    if (one === undefined) return
    this.#settle(one, () =>
      failure === undefined ? one.resolve({ node: 'node', outcome: 'created' }) : one.reject(failure),
    )
  }

  pick(n: number): UploadEntry | undefined {
    return this.entries[n % Math.max(1, this.entries.length)]
  }

  #settle(one: Sending, how: () => void): void {
    this.sending.splice(this.sending.indexOf(one), 1)
    how()
  }
}

/** What can happen to a queue. */
const steps: Readonly<Record<string, (story: Story, n: number) => void>> = {
  add: (story, n) => story.add([n, 0, n * 7]),
  release: (story, n) => story.queue.release(story.entries.slice(0, n)),
  skip: (story, n) => story.queue.skip(one(story, n)),
  refuse: (story, n) => story.queue.refuse(one(story, n), 'refused'),
  sent: (story, n) => story.sending[n % Math.max(1, story.sending.length)]?.onSent((n * 13) % 400),
  finish: (story, n) => story.finish(n),
  fail: (story, n) => story.finish(n, 'broken'),
  ask: (story, n) => story.finish(n, 'question'),
  full: (story, n) => story.finish(n, 'full'),
  pause: (story, n) => one(story, n).forEach((entry) => story.queue.pause(entry)),
  resume: (story, n) => one(story, n).forEach((entry) => entry.state === 'paused' && story.queue.resume(entry)),
  cancel: (story, n) => one(story, n).forEach((entry) => story.queue.cancel(entry)),
  pauseAll: ({ queue }) => queue.pauseAll(),
  resumeAll: ({ queue }) => queue.resumeAll(),
}

const one = (story: Story, n: number) => [story.pick(n)].filter((entry) => entry !== undefined)

const aStep = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(60))
const settled = () => new Promise((resolve) => setImmediate(resolve))

async function play(story: Story, plan: readonly (readonly [string, number])[], look: () => void): Promise<void> {
  for (const [name, n] of plan) {
    steps[name]?.(story, n)
    look()
    await settled()
    look()
  }
}

/** Lets all that is open come to an end. */
async function end(story: Story): Promise<void> {
  for (; story.queue.isBusy; await settled()) {
    story.queue.resumeAll()
    story.queue.release(story.entries)
    story.finish(0)
  }
}

describe('a queue', () => {
  it('brings each to exactly one end, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 60 }), async (plan) => {
        const story = new Story()
        story.add([5, 6, 7])
        await play(story, plan, () => undefined)
        await end(story)
        for (const { state } of story.entries) expect(endStates).toContain(state)
        const counted = endStates.reduce((sum, state) => sum + story.queue.count(state), 0)
        expect(counted).toBe(story.entries.length)
        for (const entry of story.entries.filter(({ state }) => state === 'done')) expect(entry.sent).toBe(entry.size)
      }),
    )
  })

  it('never sends more at once than it may, and each once at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(aStep, { maxLength: 60 }), async (most, plan) => {
        const story = new Story(most)
        story.add([1, 2, 3, 4, 5, 6])
        await play(story, plan, () => {
          const now = story.sending.map(({ entry }) => entry)
          expect(new Set(now).size).toBe(now.length)
        })
        expect(story.mostAtOnce).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('never goes back, nor above the total', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 80 }), async (plan) => {
        const story = new Story()
        story.add([100, 200, 300])
        let before = 0
        await play(story, plan, () => {
          const { sent, total } = story.queue.bytes
          expect(sent).toBeGreaterThanOrEqual(before)
          expect(sent).toBeLessThanOrEqual(total)
          for (const entry of story.entries) expect(entry.sent).toBeLessThanOrEqual(entry.size)
          before = sent
        })
        await end(story)
        const failed = story.entries.filter(({ state }) => state === 'failed')
        const missing = failed.reduce((sum, { size, sent: there }) => sum + size - there, 0)
        expect(story.queue.bytes.sent + missing).toBe(story.queue.bytes.total)
      }),
    )
  })

  it('keeps its figures true when what has ended is forgotten, or sent again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 60 }), async (plan) => {
        const story = new Story()
        story.add([10, 20, 30])
        await play(story, plan, () => undefined)
        story.queue.retryAll()
        await end(story)
        story.queue.forgetEnded()
        expect(story.queue.bytes).toEqual({ sent: 0, total: 0 })
        for (const state of uploadStates) expect(story.queue.count(state)).toBe(0)
      }),
    )
  })

  it('loses nothing by pausing and resuming', async () => {
    const story = new Story(2)
    story.add([10, 10, 10, 10])
    story.queue.release(story.entries)
    story.sending[0]?.onSent(4)
    story.queue.pauseAll()
    await settled()
    expect([story.sending.length, story.queue.bytes.sent]).toEqual([0, 4])
    story.queue.resumeAll()
    // Those that were under way come first again, in their order.
    expect(story.sending.map(({ entry }) => entry.relativePath)).toEqual(['0', '1'])
    expect(story.entries[0]?.sent).toBe(4)
    await end(story)
    expect(story.ends.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  })

  it('lets all wait where the others would fail too', async () => {
    const story = new Story(1)
    story.add([1, 1, 1])
    story.queue.release(story.entries)
    story.finish(0, 'full')
    await settled()
    expect([story.queue.isPaused, story.queue.count('failed'), story.queue.count('ready')]).toEqual([true, 1, 2])
    story.queue.retryAll()
    await end(story)
    expect(story.queue.count('done')).toBe(3)
  })

  it('holds what the person has to answer for', async () => {
    const story = new Story()
    story.add([1])
    story.queue.release(story.entries)
    story.finish(0, 'question')
    await settled()
    expect([story.questions, story.entries[0]?.state]).toEqual([story.entries, 'held'])
    story.queue.release(story.entries, 'keep-both')
    expect([story.entries[0]?.state, story.entries[0]?.conflict]).toEqual(['sending', 'keep-both'])
  })
})
