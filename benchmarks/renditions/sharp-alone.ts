/**
 * The peer: a program of sharp alone, without server, database, limits or a process of its own for strangers' bytes.
 * It makes the same two renditions with the same settings from files in a folder, and writes them beside.
 * Prints the ms that it took. Arguments: folder, files at a time, `once` or `twice` (how often a file is decoded).
 */
import { readdir } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

const [folder = '', atOnce = '2', decodes = 'once'] = process.argv.slice(2)
sharp.cache(false)
sharp.concurrency(1)
// As the server's decoders do.
setPriority(10)

const fitted = (picture: Sharp, box: number): Sharp =>
  picture.resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })

function save(picture: Sharp, path: string): Promise<unknown> {
  return picture.withIccProfile('srgb').jpeg({ quality: 80, progressive: true, quantisationTable: 3 }).toFile(path)
}

async function decodeTwice(path: string): Promise<void> {
  await save(fitted(sharp(path).autoOrient(), 1280), `${path}.web`)
  await save(fitted(sharp(path).autoOrient(), 319), `${path}.thumbnail`)
}

async function decodeOnce(path: string): Promise<void> {
  const web = fitted(sharp(path).autoOrient(), 1280).toColourspace('srgb').raw()
  const { data, info } = await web.toBuffer({ resolveWithObject: true })
  const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  await save(pixels(), `${path}.web`)
  await save(fitted(pixels(), 319), `${path}.thumbnail`)
}

const files = (await readdir(folder)).map((name) => join(folder, name))
const make = decodes === 'once' ? decodeOnce : decodeTwice
// The library's first use loads fonts and tables.
await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
  .jpeg()
  .toBuffer()
const begun = performance.now()
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (let path = files.pop(); path; path = files.pop()) await make(path)
  }),
)
process.stdout.write(`${performance.now() - begun}\n`)
