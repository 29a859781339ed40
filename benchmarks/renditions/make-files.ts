import { photo } from '@vitrine/server/renditions/decoder/a-picture'

/** Pictures of one kind. */
export interface PictureSet {
  readonly name: string
  readonly files: readonly Buffer[]
}

/** Makes pictures as they come from cameras (JPEG) and from screens (PNG). */
export async function makeSets(quick: boolean): Promise<PictureSet[]> {
  const few = quick ? 6 : 40
  return [
    { name: 'JPEG, 12 megapixels', files: await make(few, (seed) => encode(4000, 3000, seed, 'jpeg')) },
    { name: 'JPEG, 2 megapixels', files: await make(2 * few, (seed) => encode(1800, 1200, seed, 'jpeg')) },
    { name: 'PNG, 2 megapixels', files: await make(few, (seed) => encode(1800, 1200, seed, 'png')) },
  ]
}

async function make(count: number, one: (seed: number) => Promise<Buffer>): Promise<Buffer[]> {
  const files: Buffer[] = []
  for (let seed = 1; seed <= count; seed += 1) files.push(await one(seed))
  return files
}

async function encode(width: number, height: number, seed: number, format: 'jpeg' | 'png'): Promise<Buffer> {
  const picture = await photo(width, height, seed)
  return format === 'jpeg' ? picture.jpeg({ quality: 90 }).toBuffer() : picture.png({ compressionLevel: 6 }).toBuffer()
}

/** The same picture with other bytes: equal bytes would be made once only. */
export function marked(file: Buffer, mark: string): Buffer {
  const text = Buffer.from(mark)
  // Behind the end of a PNG anything may stand; a JPEG takes a comment at its beginning.
  if (file[0] !== 0xff) return Buffer.concat([file, text])
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text])
  return Buffer.concat([file.subarray(0, 2), comment, file.subarray(2)])
}
