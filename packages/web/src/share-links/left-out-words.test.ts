import { createIntl } from 'react-intl'
import { describe, expect, it } from 'vitest'
import type { Text } from '../language/text.ts'
import { messages as english } from './messages.en.ts'
import { messages as german } from './messages.de.ts'
import { leftOutWords, tallyWords } from './left-out-words.ts'
import type { LinkPreview } from './left-out-words.ts'

function textIn(locale: 'en' | 'de'): Text {
  const intl = createIntl({ locale, messages: locale === 'en' ? english : german })
  const say = (id: string, values?: Record<string, string | number>) => intl.formatMessage({ id }, values)
  return Object.assign(say, { locale, bytes: (size: number) => `${size} B` }) as unknown as Text
}

const leftOut = (facts: Partial<LinkPreview['leftOut'][number]>): LinkPreview['leftOut'][number] => ({
  reason: 'no-share',
  folders: 0,
  assets: 1,
  bytes: 10,
  names: [],
  ...facts,
})

describe('what a link leaves out', () => {
  it('is told with its number, its reason and the names at which it begins', () => {
    const words = leftOutWords(leftOut({ folders: 1, assets: 3, names: ['Print', 'Proofs'] }), textIn('en'))
    expect(words).toBe('4 are left out: you may not share them. (Print, Proofs)')
  })

  it('names three, and says that there are more', () => {
    const words = leftOutWords(leftOut({ assets: 9, names: ['A', 'B', 'C', 'D'] }), textIn('en'))
    expect(words).toBe('9 are left out: you may not share them. (A, B, C and more)')
  })

  it('names nothing where the server names nothing', () => {
    expect(leftOutWords(leftOut({ names: [''] }), textIn('en'))).toBe('1 is left out: you may not share it.')
  })

  it('counts assets alone where something is shown and not given', () => {
    const words = leftOutWords(leftOut({ reason: 'no-original', folders: 0, assets: 2 }), textIn('en'))
    expect(words).toBe('2 are shown without their originals: you may not download them yourself.')
  })

  it('has words for each reason in both languages', () => {
    for (const reason of ['no-read', 'no-share', 'in-trash', 'no-original', 'no-rendition'] as const) {
      for (const locale of ['en', 'de'] as const) {
        const one = leftOutWords(leftOut({ reason }), textIn(locale))
        const many = leftOutWords(leftOut({ reason, assets: 5 }), textIn(locale))
        expect([one, many]).toEqual([expect.stringContaining('1'), expect.stringContaining('5')])
      }
    }
  })
})

describe('what a link shows', () => {
  it('is counted, and says so where there is nothing yet', () => {
    expect(tallyWords({ folders: 3, assets: 28, bytes: 420 }, textIn('en'))).toBe('3 folders, 28 assets, 420 B')
    expect(tallyWords({ folders: 1, assets: 0, bytes: 0 }, textIn('en'))).toBe('1 folder, no assets yet')
  })
})
