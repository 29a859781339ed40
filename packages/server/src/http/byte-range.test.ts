import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerRange, contentRange } from './byte-range.ts'

const etag = '"abc"'
const answer = (range: string, size = 100, more = {}) => answerRange('GET', { range, ...more }, size, etag)

describe('a range', () => {
  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=90-', 206, 90, 100],
    ['bytes=-10', 206, 90, 100],
    ['bytes=-1000', 206, 0, 100],
    ['bytes=50-5000', 206, 50, 100],
    ['bytes=99-99', 206, 99, 100],
    ['Bytes=0-0', 206, 0, 1],
    [`bytes=0-${'9'.repeat(400)}`, 206, 0, 100],
  ])('%s is answered with its bytes', (range, status, start, end) => {
    expect(answer(range)).toEqual({ status, start, end })
  })

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])('%s lies outside: 416', (range) => {
    expect(answer(range).status).toBe(416)
    expect(contentRange(answer(range), 100)).toBe('bytes */100')
  })

  it.each(['bytes=5-2', 'bytes=-', 'bytes=', 'bytes=a-b', 'lines=0-9', 'bytes=0-1,5-6', '0-9', 'bytes=0--1'])(
    '%s is ignored: the whole',
    (range) => {
      expect(answer(range)).toEqual({ status: 200, start: 0, end: 100 })
    },
  )

  it('of nothing is never satisfied', () => {
    for (const range of ['bytes=0-', 'bytes=0-0', 'bytes=-5']) expect(answer(range, 0).status).toBe(416)
    expect(answerRange('GET', {}, 0, etag)).toEqual({ status: 200, start: 0, end: 0 })
  })

  it('holds only while the validator matches', () => {
    expect(answer('bytes=0-9', 100, { 'if-range': etag }).status).toBe(206)
    for (const other of ['"other"', `W/${etag}`, 'Tue, 24 Nov 2026 04:00:00 GMT']) {
      expect(answer('bytes=0-9', 100, { 'if-range': other }).status).toBe(200)
    }
  })

  it('has no meaning with HEAD', () => {
    expect(answerRange('HEAD', { range: 'bytes=0-9' }, 100, etag).status).toBe(200)
  })

  it('never leaves the resource, and is never empty', () => {
    const bound = fc.oneof(fc.nat(300).map(String), fc.constant(''), fc.bigInt({ min: 0n }).map(String))
    fc.assert(
      fc.property(bound, bound, fc.nat(200), (first, last, size) => {
        const { status, start, end } = answer(`bytes=${first}-${last}`, size)
        if (status !== 206) return
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(size)
        expect(start).toBeLessThan(end)
      }),
    )
  })
})

describe('a conditional request', () => {
  it.each([etag, `W/${etag}`, `"x", ${etag}`, '*'])('that names what is there (%s) gets 304', (tag) => {
    expect(answerRange('GET', { 'if-none-match': tag }, 100, etag).status).toBe(304)
  })

  it.each(['"x"', 'abc', ''])('that names something else (%s) gets the whole', (tag) => {
    expect(answerRange('GET', { 'if-none-match': tag }, 100, etag).status).toBe(200)
  })
})
