import type { CheckedUpload, CheckedUploads } from '@vitrine/api'
import { requireRelativePath } from '@vitrine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BATCH, Selection } from './prepare-selection.ts'
import type { FileToCheck } from './prepare-selection.ts'
import { QuestionDesk } from './question-desk.ts'
import type { UploadQuestion } from './question-desk.ts'
import { endStates } from './upload-entry.ts'
import type { UploadEntry } from './upload-entry.ts'
import { UploadQueue } from './upload-queue.ts'

const folder = { id: 'folder', name: 'Folder' }
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A server's folder, a queue that sends at once, and what was asked. */
class Story {
  readonly taken = new Set<string>()
  readonly sent: UploadEntry[] = []
  readonly checks: number[] = []
  readonly asked: UploadQuestion[] = []
  links = 0
  free: number | null = null
  sameBytes: boolean | null = false
  readonly desk = new QuestionDesk(() => undefined)
  readonly queue = new UploadQueue({
    most: 3,
    send: async (entry) => {
      this.sent.push(entry)
      return { node: 'node', outcome: 'created' }
    },
    isQuestion: () => false,
    stopsAll: () => false,
    onChange: () => undefined,
    onEnd: () => this.desk.review(),
    onQuestion: () => undefined,
  })

  look(paths: readonly string[], size = 1): { entries: UploadEntry[]; done: Promise<void> } {
    const entries = this.queue.add(paths.map((relativePath) => ({ folder, kind: 'file', relativePath, size })))
    const parts = { queue: this.queue, desk: this.desk, check: this.check, hash: async () => 'hash' }
    return { entries, done: new Selection(parts, folder, size * paths.length).look(entries) }
  }

  readonly check = async (_folder: string, files: readonly FileToCheck[]): Promise<CheckedUploads> => {
    this.checks.push(files.length)
    return {
      files: files.map((file) => this.#verdict(file)),
      space: { needed: 0, free: this.free, fits: true },
      visibleTo: { count: this.links, shareLinks: [] },
    }
  }

  #verdict({ relativePath, sha256 }: FileToCheck): CheckedUpload {
    if (relativePath.startsWith('denied')) {
      return { status: 'refused', relativePath, code: 'access/denied', reason: 'No.' }
    }
    try {
      requireRelativePath(relativePath)
    } catch {
      return { status: 'refused', relativePath, code: 'node/name-invalid', reason: 'No.' }
    }
    if (!this.taken.has(relativePath)) return { status: 'free', relativePath }
    const sameBytes = sha256 === undefined ? null : this.sameBytes
    const node = { id: 'there', kind: 'asset' as const, size: 1, modifiedAt: '', sameBytes }
    return { status: 'conflict', relativePath, node, choices: ['version', 'keep-both'] }
  }

  /** Answers until nothing is asked any more. */
  async answerAll(answer: (question: UploadQuestion) => void): Promise<void> {
    for (let idle = 0; idle < 5; idle++, await settled()) {
      const question = this.desk.current
      if (question === undefined) continue
      idle = 0
      this.asked.push(question)
      answer(question)
    }
  }
}

describe('a selection', () => {
  it('is not sent before it is answered for; what is free does not wait', async () => {
    const story = new Story()
    story.taken.add('taken')
    const { entries } = story.look(['taken', 'free', 'bad\0name'])
    await settled()
    await settled()
    expect(story.sent.map(({ relativePath }) => relativePath)).toEqual(['free'])
    await story.answerAll((question) => {
      if (question.kind === 'conflict') question.answer('version', false)
      if (question.kind === 'rename') question.answer(question.suggestion, false)
    })
    expect(story.sent.map(({ relativePath, conflict }) => [relativePath, conflict])).toEqual([
      ['free', 'refuse'],
      ['taken', 'version'],
      ['bad_name', 'refuse'],
    ])
    expect(entries.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })

  it('brings each file to one end, whatever is answered', async () => {
    const aPath = fc.constantFrom('free', 'taken', 'bad\0', 'a\\b', 'denied', 'a/b', 'x/..')
    const anAnswer = fc.record({
      choice: fc.constantFrom('version', 'keep-both', 'skip'),
      forAll: fc.boolean(),
      go: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(aPath),
        fc.array(anAnswer, { minLength: 1 }),
        fc.nat(2),
        async (paths, answers, links) => {
          const story = new Story()
          story.links = links
          for (const path of ['taken', 'a_b', 'a/b']) story.taken.add(path)
          const { entries } = story.look(paths)
          let turn = 0
          await story.answerAll((question) => {
            const { choice, forAll, go } = answers[turn++ % answers.length]!
            if (question.kind === 'before') question.answer(go)
            else if (question.kind === 'conflict') question.answer(choice, forAll)
            else question.answer(go ? question.suggestion : undefined, forAll)
          })
          for (const { state } of entries) expect(endStates).toContain(state)
          expect(story.sent.length).toBe(story.queue.count('done'))
        },
      ),
    )
  })

  it('is asked about once where one answer is for all', async () => {
    const story = new Story()
    const names = Array.from({ length: 30 }, (_, n) => `taken ${n}`)
    for (const name of names) story.taken.add(name)
    story.look(names)
    await story.answerAll((question) => question.kind === 'conflict' && question.answer('keep-both', true))
    expect(story.asked.length).toBe(1)
    expect(story.asked[0]).toMatchObject({ others: 29 })
    expect(story.sent.every(({ conflict }) => conflict === 'keep-both')).toBe(true)
    expect(story.sent.length).toBe(30)
  })

  it('is looked at in batches, all of it', async () => {
    const story = new Story()
    await story.look(Array.from({ length: 2 * BATCH + 1 }, (_, n) => `${n}`)).done
    await story.answerAll(() => undefined)
    expect(story.checks).toEqual([BATCH, BATCH, 1])
    expect(story.queue.count('done')).toBe(2 * BATCH + 1)
  })

  it('waits where links show it, and is given up where the person says so', async () => {
    const story = new Story()
    story.links = 2
    const { entries } = story.look(['free'])
    await settled()
    expect([story.sent, story.desk.current]).toMatchObject([[], { kind: 'before', links: { count: 2 } }])
    await story.answerAll((question) => question.kind === 'before' && question.answer(false))
    expect(entries.map(({ state }) => state)).toEqual(['skipped'])
  })

  it('is told how much room there is, of all of it together', async () => {
    const story = new Story()
    story.free = 1500
    story.look(Array.from({ length: BATCH + 600 }, (_, n) => `${n}`))
    await settled()
    expect(story.desk.current).toMatchObject({ kind: 'before', space: { needed: BATCH + 600, free: 1500 } })
  })

  it('is asked about no more when it was cancelled meanwhile', async () => {
    const story = new Story()
    story.taken.add('taken')
    story.look(['taken'])
    await settled()
    expect(story.desk.current).toBeDefined()
    story.queue.cancelAll()
    expect(story.desk.current).toBeUndefined()
  })

  it('says that both hold the same bytes, once it is known', async () => {
    const story = new Story()
    story.taken.add('taken')
    story.sameBytes = true
    story.look(['taken'])
    await settled()
    await settled()
    expect(story.desk.current).toMatchObject({ kind: 'conflict', node: { sameBytes: true } })
  })
})
