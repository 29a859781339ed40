import { expect, it } from 'vitest'
import { importProgressText } from './import-progress.ts'

const half = { filesDone: 1500, bytesDone: 5e9, filesTotal: 3000, bytesTotal: 10e9, elapsed: 20_000 }

it('tells files, bytes, rate and time left', () => {
  expect(importProgressText(half)).toBe('1,500 of 3,000 files, 5.00 GB of 10.0 GB, 250 MB/s, 20 s left')
})

it('says that it counts as long as the totals are not known', () => {
  const counting = { ...half, filesTotal: undefined, bytesTotal: undefined }
  expect(importProgressText(counting)).toBe('Counting: 1,500 files so far')
})

it('foretells nothing in the first second, at the end, or without any byte', () => {
  expect(importProgressText({ ...half, elapsed: 500 })).not.toContain('left')
  expect(importProgressText({ ...half, filesDone: 3000, bytesDone: 10e9 })).not.toContain('left')
  expect(importProgressText({ ...half, bytesDone: 0 })).not.toContain('left')
})
