import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportBody } from '@vitrine/api'
import { photo } from '@vitrine/server/renditions/decoder/a-picture'
import { marked } from '../renditions/make-files.ts'

/** Pictures of 12 megapixels: enough to decode for some minutes. */
const pictures = 500
const small = { files: 4000, size: 4096 }

/** Asks the server as its owner. */
export type AsOwner = <Reply>(method: string, path: string, body?: object) => Promise<Reply>

/** Keeps a server busy with what its owner would have it do: one import after another, and pictures of which renditions are made. */
export class BusyWork {
  readonly #call: AsOwner
  readonly #stopping = new AbortController()
  readonly #importing: Promise<void>

  private constructor(call: AsOwner, directory: string) {
    this.#call = call
    this.#importing = this.#importAgainAndAgain(directory)
  }

  /**
   * Begins, and answers when decoders and an import are at work.
   *
   * @param folder where files may be made
   */
  static async begin(folder: string, call: AsOwner): Promise<BusyWork> {
    await makePictures(join(folder, 'pictures'))
    await makeSmallFiles(join(folder, 'small'))
    await importAll(call, join(folder, 'pictures'), 'Pictures')
    const work = new BusyWork(call, join(folder, 'small'))
    await sleep(2000)
    return work
  }

  /** Ends after the import that is under way. */
  async end(): Promise<void> {
    this.#stopping.abort()
    await this.#importing
  }

  async #importAgainAndAgain(directory: string): Promise<void> {
    for (let round = 1; !this.#stopping.signal.aborted; round++) {
      await importAll(this.#call, directory, `Small files ${round}`)
    }
  }
}

async function makePictures(directory: string): Promise<void> {
  await mkdir(directory)
  const shots: Buffer[] = []
  for (let seed = 1; seed <= 4; seed++) {
    shots.push(await (await photo(4000, 3000, seed)).jpeg({ quality: 50 }).toBuffer())
  }
  for (let i = 0; i < pictures; i++) {
    await writeFile(join(directory, `IMG_${i}.jpg`), marked(shots[i % shots.length]!, `number ${i}`))
  }
}

async function makeSmallFiles(directory: string): Promise<void> {
  await mkdir(directory)
  for (let i = 0; i < small.files; i++) await writeFile(join(directory, `file ${i}`), randomBytes(small.size))
}

async function importAll(call: AsOwner, directory: string, newFolderName: string): Promise<void> {
  let now = await call<ImportBody>('POST', '/api/v1/imports', { directory, newFolderName })
  while (now.state === 'running') {
    await sleep(100)
    now = await call<ImportBody>('GET', `/api/v1/imports/${now.id}`)
  }
  if (now.state !== 'done') throw new Error(now.failure ?? 'an import failed')
}
