import { requireRelativePath } from '@vitrine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchLeft } from './match-left.ts'
import type { LeftUpload } from './left-uploads.ts'
import { RateMeter } from './rate-meter.ts'
import { numberedPath, suggestPath } from './suggest-path.ts'

describe('a suggested path', () => {
  it('is one that the server takes, and the same again', () => {
    const segment = fc.oneof(
      fc
        .tuple(fc.string({ unit: 'binary-ascii', maxLength: 8 }), fc.nat(60))
        .map(([text, times]) => text.repeat(times)),
      fc.constantFrom('..', '', '\ud800', '€'.repeat(90), '𐀀'.repeat(70), 'a\\b', 'a\0b'),
    )
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = suggestPath(segments.join('/'))
        expect(requireRelativePath(path).join('/')).toBe(path)
        expect(suggestPath(path)).toBe(path)
        expect(requireRelativePath(numberedPath(path)).join('/')).not.toBe(path)
      }),
    )
  })

  it.each([
    ['plain.txt', 'plain.txt'],
    ['a\\b.txt', 'a_b.txt'],
    ['tab\there/x\n.txt', 'tab_here/x_.txt'],
    [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(125)}.jpeg`],
  ])('of %j is %j', (path, suggested) => expect(suggestPath(path)).toBe(suggested))

  it.each([
    ['a/photo.jpg', 'a/photo 2.jpg'],
    ['a.b/photo', 'a.b/photo 2'],
    ['.profile', '.profile 2'],
    ['a/photo 2.jpg', 'a/photo 3.jpg'],
    ['x 9', 'x 10'],
    ['x'.repeat(255), `${'x'.repeat(253)} 2`],
    [`${'x'.repeat(253)} 2`, `${'x'.repeat(253)} 3`],
  ])('beside %j is %j', (path, numbered) => expect(numberedPath(path)).toBe(numbered))
})

describe('files that are chosen again', () => {
  const left = (id: string, relativePath: string, size: number, changedAt: number): LeftUpload => ({
    id,
    url: `/api/v1/uploads/${id}`,
    parent: 'folder',
    relativePath,
    conflict: 'refuse',
    modifiedAt: new Date(changedAt).toISOString(),
    size,
    offset: 0,
    state: 'unfinished',
    failure: null,
    node: null,
    outcome: null,
    createdAt: '',
    expiresAt: '',
  })
  const file = (name: string, size: number, lastModified: number) => ({ name, size, lastModified })

  it('are known by name, size and time of change, each once', () => {
    const uploads = [left('1', 'a/x.bin', 5, 1000), left('2', 'b/x.bin', 5, 1000), left('3', 'y.bin', 7, 1000)]
    const files = [file('x.bin', 5, 1000), file('y.bin', 8, 1000), file('x.bin', 5, 1000), file('x.bin', 5, 1000)]
    const { matches, others } = matchLeft(uploads, files)
    expect(matches.map(({ upload }) => upload.id)).toEqual(['1', '2'])
    expect(others).toBe(2)
  })

  it('are known also where their name is composed otherwise', () => {
    const { matches } = matchLeft([left('1', 'Größe', 1, 5)], [file('Größe'.normalize('NFD'), 1, 5)])
    expect(matches.length).toBe(1)
  })
})

describe('a rate', () => {
  it('is that of the last seconds, and tells how long the rest takes', () => {
    const meter = new RateMeter()
    expect(meter.timeFor(10)).toBeUndefined()
    for (let second = 0; second <= 60; second++)
      meter.note(second * 1000, second < 30 ? second * 100 : 3000 + (second - 30) * 10)
    expect(meter.rate).toBeCloseTo(10)
    expect(meter.timeFor(100)).toBeCloseTo(10)
  })

  it('is never negative, and begins anew where bytes are forgotten', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5000), fc.nat(1000))), (steps) => {
        const meter = new RateMeter()
        let at = 0
        for (const [pause, sent] of steps) meter.note((at += pause), sent)
        expect(meter.rate ?? 0).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
