/** What the benchmark uses of npm archiver, which has no types of its own. */
declare module 'archiver' {
  import type { Transform } from 'node:stream'

  /** A ZIP archive that is made while it is read. */
  export class ZipArchive extends Transform {
    constructor(options: { readonly store: boolean })
    file(path: string, entry: { readonly name: string }): this
    finalize(): Promise<void>
    abort(): this
  }
}
