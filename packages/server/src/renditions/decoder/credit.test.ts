import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditAsXmp, readCredit } from './credit.ts'

const aText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.trim())
  .filter((text) => text !== '')

function iptcDataset(number: number, text: string): Buffer {
  const value = Buffer.from(text)
  const head = Buffer.of(0x1c, 0x02, number, 0, 0)
  head.writeUInt16BE(value.length, 3)
  return Buffer.concat([head, value])
}

describe('the credit', () => {
  it('is read again as it was written', () => {
    fc.assert(
      fc.property(fc.array(aText, { maxLength: 3 }), fc.option(aText, { nil: '' }), (creators, rights) => {
        const xmp = creditAsXmp({ creators, rights })
        expect(readCredit({ xmp: xmp === undefined ? undefined : Buffer.from(xmp) })).toEqual({ creators, rights })
      }),
    )
  })

  it('is read from IPTC, inside of Photoshop resources too', () => {
    const datasets = Buffer.concat([
      iptcDataset(5, 'A title'),
      iptcDataset(80, 'Ann'),
      iptcDataset(80, 'Bob'),
      iptcDataset(116, '© Ann'),
    ])
    for (const iptc of [
      datasets,
      Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x20', 'latin1'), datasets]),
    ]) {
      expect(readCredit({ iptc })).toEqual({ creators: ['Ann', 'Bob'], rights: '© Ann' })
    }
  })

  it('comes from XMP before IPTC, each part for itself', () => {
    const xmp = Buffer.from(creditAsXmp({ creators: ['Ann'], rights: '' }) ?? '')
    const iptc = Buffer.concat([iptcDataset(80, 'Bob'), iptcDataset(116, '© Bob')])
    expect(readCredit({ xmp, iptc })).toEqual({ creators: ['Ann'], rights: '© Bob' })
  })

  it('of any bytes at all is read without a failure', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('', 'Exif\0\0II*\0\x08\0\0\0', 'Exif\0\0MM\0*\0\0\0\x08', '<dc:creator>', '\x1c\x02P'),
        (noise, start) => {
          const block = Buffer.concat([Buffer.from(start, 'latin1'), noise])
          const { creators, rights } = readCredit({ exif: block, xmp: block, iptc: block })
          expect([...creators, rights].every((text) => text.isWellFormed())).toBe(true)
        },
      ),
    )
  })
})
