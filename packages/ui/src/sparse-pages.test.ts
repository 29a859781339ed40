import { describe, expect, it } from 'vitest'
import { SparsePages } from './sparse-pages.ts'

/** A list of numbers from 0 on whose answers come when the test says so. */
function aList(total: number) {
  const asked: { offset: number; answer: () => void; fail: (reason: Error) => void }[] = []
  const pages = new SparsePages<number>(
    (offset, limit) =>
      new Promise((resolve, reject) => {
        const items = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => offset + n)
        asked.push({ offset, answer: () => resolve({ items, total }), fail: reject })
      }),
    10,
  )
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const answerAll = async () => {
    while (asked.length > 0) {
      asked.shift()?.answer()
      await settle()
    }
  }
  return { pages, asked, settle, answerAll }
}

describe('a list of which only some is loaded', () => {
  it('asks for the pages that are looked at, and for no other', async () => {
    const { pages, asked, answerAll } = aList(1000)
    pages.want(0, 1)
    expect(asked.map(({ offset }) => offset)).toEqual([0])
    await answerAll()
    pages.want(505, 515)
    expect(asked.map(({ offset }) => offset)).toEqual([500, 510])
    await answerAll()
    expect([pages.total, pages.at(507), pages.at(499)]).toEqual([1000, 507, undefined])
  })

  it('drops what has not been asked for when another range is looked at', async () => {
    const { pages, asked, answerAll, settle } = aList(1000)
    pages.want(0, 100)
    pages.want(900, 910)
    expect(asked.map(({ offset }) => offset)).toEqual([0, 10, 20])
    asked.shift()?.answer()
    await settle()
    expect(asked.map(({ offset }) => offset)).toEqual([10, 20, 900])
    await answerAll()
    expect([pages.at(905), pages.at(35)]).toEqual([905, undefined])
  })

  it('gives a whole range, loading what is missing of it', async () => {
    const { pages, answerAll } = aList(95)
    const range = pages.range(5, 95)
    const answering = answerAll()
    await answering
    // Each page is asked for when the one before has come.
    for (let turn = 0; turn < 20; turn++) await answerAll()
    expect(await range).toEqual(Array.from({ length: 90 }, (_, n) => n + 5))
  })

  it('fails a range whose page does not come, and keeps the others', async () => {
    const { pages, asked, answerAll, settle } = aList(100)
    pages.want(0, 10)
    await answerAll()
    const range = pages.range(0, 20)
    const refused = expect(range).rejects.toThrow('lost')
    await settle()
    asked.shift()?.fail(new Error('lost'))
    await refused
    expect([pages.at(3), pages.at(13)]).toEqual([3, undefined])
    expect(String(pages.failure)).toContain('lost')
  })

  it('shows the old members while it is refreshed', async () => {
    const { pages, asked, answerAll } = aList(30)
    pages.want(0, 10)
    await answerAll()
    pages.refresh(0, 10)
    expect([asked.length, pages.at(4)]).toEqual([1, 4])
    await answerAll()
    expect(pages.at(4)).toBe(4)
  })

  it('asks again for what is old, also where its answer was under way, and shows it meanwhile', async () => {
    const { pages, asked, answerAll, settle } = aList(30)
    pages.want(0, 20)
    asked.shift()?.answer()
    await settle()
    pages.expire()
    expect(pages.at(4)).toBe(4)
    pages.want(0, 20)
    expect(asked.map(({ offset }) => offset)).toEqual([10, 0])
    asked.shift()?.answer()
    await settle()
    expect(asked.map(({ offset }) => offset)).toEqual([0, 10])
    await answerAll()
    pages.want(0, 20)
    expect(asked).toEqual([])
  })

  it('asks again for what was answered before an instant alone, where that is said', async () => {
    const { pages, asked, answerAll } = aList(30)
    pages.want(0, 10)
    await answerAll()
    pages.expire(Date.now() + 1)
    pages.want(10, 20)
    await answerAll()
    pages.want(0, 20)
    expect(asked.map(({ offset }) => offset)).toEqual([0])
    pages.want(20, 30)
    pages.expire(0)
    await answerAll()
    pages.want(0, 30)
    expect(asked).toEqual([])
  })

  it('has nothing beyond the end of a list that has become shorter', async () => {
    let total = 25
    const pages = new SparsePages<number>(
      (offset, limit) =>
        Promise.resolve({
          items: Array.from({ length: Math.min(limit, total - offset) }, (_, n) => offset + n),
          total,
        }),
      10,
    )
    await pages.range(0, 25)
    total = 5
    pages.expire()
    await pages.range(0, 5)
    expect([...pages.loaded()].map(({ item }) => item)).toEqual([0, 1, 2, 3, 4])
  })

  it('tells each change, and none after it was closed', async () => {
    const { pages, answerAll } = aList(30)
    let told = 0
    pages.subscribe(() => told++)
    pages.want(0, 10)
    await answerAll()
    expect(told).toBe(1)
    pages.close()
    pages.want(10, 20)
    await answerAll()
    expect(told).toBe(1)
  })
})
