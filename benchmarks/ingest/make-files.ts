import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Files of one size. */
export interface Files {
  readonly files: number
  /** Of each, in bytes. */
  readonly size: number
}

/** Makes large files with random contents. */
export function makeLarge(path: string, { files, size }: Files): void {
  mkdirSync(path)
  const megabyte = randomBytes(1 << 20)
  for (let file = 0; file < files; file++) {
    const to = openSync(join(path, `large ${file}`), 'w')
    for (let at = 0; at < size; at += megabyte.length) {
      megabyte.writeDoubleLE(file + at / size, 0)
      writeSync(to, megabyte, 0, Math.min(megabyte.length, size - at))
    }
    closeSync(to)
  }
}

/** Makes large files others than before, so that nothing is there already, and puts all that waits on the disk. */
export function renew(path: string, { files }: Files, mark: string): void {
  for (let file = 0; file < files; file++) {
    const to = openSync(join(path, `large ${file}`), 'r+')
    writeSync(to, Buffer.from(mark.padEnd(16)), 0, 16, 64)
    closeSync(to)
  }
  spawnSync('sync')
}

/**
 * Makes small files in folders side by side, each with other bytes.
 *
 * @param picture what each begins with; bytes after the end of a picture are ignored by what reads it
 */
export function makeSmall(
  path: string,
  { files, size, folders }: Files & { readonly folders: number },
  picture: Buffer = Buffer.alloc(0),
): void {
  for (let i = 0; i < files; i++) {
    const into = join(path, `folder ${i % folders}`)
    if (i < folders) mkdirSync(into, { recursive: true })
    const name = picture.length > 0 ? `picture ${i}.jpeg` : `file ${i}`
    writeFileSync(join(into, name), Buffer.concat([picture, randomBytes(size - picture.length)]))
  }
}

/** A JPEG that leaves a little room below this many bytes. */
export async function aSmallPicture(size: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: 'grey', noise } })
  const jpeg = await picture.jpeg({ quality: 80 }).toBuffer()
  if (jpeg.length > size - 16) throw new Error(`the picture has ${jpeg.length} bytes`)
  return jpeg
}
