/** Who made a picture, and who holds the rights: what a rendition keeps of its source's metadata. */
export interface Credit {
  readonly creators: readonly string[]
  readonly rights: string
}

/** Blocks of metadata as they stand in the file. */
export interface MetadataBlocks {
  readonly exif?: Buffer | undefined
  readonly xmp?: Buffer | undefined
  readonly iptc?: Buffer | undefined
}

/** Longest text that is kept, in characters. */
const longest = 2000

/**
 * Reads creator and copyright. Where several blocks have them, XMP comes before IPTC, and IPTC before EXIF, since
 * EXIF has no Unicode. Damaged blocks are passed over.
 */
export function readCredit(blocks: MetadataBlocks): Credit {
  const found = [readXmp, readIptc, readExif].map((read, index) => {
    const block = [blocks.xmp, blocks.iptc, blocks.exif][index]
    return block ? read(block) : nothing
  })
  return {
    creators: found.find(({ creators }) => creators.length > 0)?.creators ?? [],
    rights: found.find(({ rights }) => rights !== '')?.rights ?? '',
  }
}

const nothing: Credit = { creators: [], rights: '' }

/** Dublin Core in XMP: `dc:creator` is an ordered array, `dc:rights` has alternatives by language (XMP part 1, 8.3). */
function readXmp(block: Buffer): Credit {
  const text = block.toString('utf8')
  return { creators: listItems(text, 'dc:creator'), rights: listItems(text, 'dc:rights')[0] ?? '' }
}

function listItems(xmp: string, property: string): string[] {
  const start = xmp.indexOf(`<${property}>`)
  const end = xmp.indexOf(`</${property}>`, start)
  if (start < 0 || end < 0) return []
  const list = xmp.slice(start, Math.min(end, start + 50 * longest))
  return [...list.matchAll(/<rdf:li[^>]*>([^<]*)<\/rdf:li>/g)]
    .map((match) => cleaned(unescapeXml(match[1] ?? '')))
    .filter(Boolean)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return entities[name] ?? whole
      const point = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
      return point <= 0x10_ffff ? String.fromCodePoint(point) : ''
    },
  )
}

/** IPTC-IIM 4.2: datasets of record 2, `1C 02 number length`, 80 by-line and 116 copyright notice. */
function readIptc(block: Buffer): Credit {
  const creators: string[] = []
  let rights = ''
  let at = block.indexOf(Buffer.of(0x1c, 0x02))
  while (at >= 0 && at + 5 <= block.length && block[at] === 0x1c) {
    const length = block.readUInt16BE(at + 3)
    const value = cleaned(textOf(block.subarray(at + 5, at + 5 + length)))
    if (block[at + 2] === 80 && value) creators.push(value)
    if (block[at + 2] === 116 && !rights) rights = value
    at += 5 + length
  }
  return { creators, rights }
}

const artist = 0x013b
const copyright = 0x8298

/** The first image file directory of EXIF: a TIFF header, then entries of 12 bytes (TIFF 6.0, section 2). */
function readExif(block: Buffer): Credit {
  const tiff = block.subarray(block.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0)
  if (tiff.length < 8) return nothing
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = u32(4)
  const valueOf = (tag: number): string => {
    for (let entry = directory + 2, left = Math.min(u16(directory), 500); left > 0; entry += 12, left -= 1) {
      if (u16(entry) !== tag) continue
      const length = u32(entry + 4)
      const start = length <= 4 ? entry + 8 : u32(entry + 8)
      return cleaned(textOf(tiff.subarray(start, start + length)))
    }
    return ''
  }
  const creator = valueOf(artist)
  return { creators: creator ? [creator] : [], rights: valueOf(copyright) }
}

function textOf(bytes: Buffer): string {
  const utf8 = bytes.toString('utf8')
  return utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8
}

/** Without characters that XML cannot hold, and not longer than is kept. */
function cleaned(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the ones to be replaced
  const plain = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]+/g, ' ').toWellFormed()
  return plain.trim().slice(0, longest).toWellFormed()
}

/** The credit as an XMP packet (XMP part 1, 7.4), or undefined when there is none. */
export function creditAsXmp({ creators, rights }: Credit): string | undefined {
  if (creators.length === 0 && !rights) return undefined
  const names = creators.map((name) => `<rdf:li>${escapeXml(name)}</rdf:li>`).join('')
  const creator = names && `<dc:creator><rdf:Seq>${names}</rdf:Seq></dc:creator>`
  const right =
    rights && `<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(rights)}</rdf:li></rdf:Alt></dc:rights>`
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${creator}${right}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  )
}

/** The credit as EXIF, for programs that read no XMP. Tags without a value are left out. */
export function creditAsExif({ creators, rights }: Credit): Record<string, string> {
  return {
    ...(creators.length > 0 ? { Artist: creators.join('; ').slice(0, longest) } : {}),
    ...(rights ? { Copyright: rights } : {}),
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
