import type { CheckedUpload, CheckedUploads } from '@vitrine/api'
import type { Conflict, ConflictChoice, QuestionDesk } from './question-desk.ts'
import { numberedPath, suggestPath } from './suggest-path.ts'
import type { UploadEntry, UploadFolder } from './upload-entry.ts'
import type { UploadQueue } from './upload-queue.ts'

/** A file of a check. */
export interface FileToCheck {
  readonly relativePath: string
  readonly size: number
  readonly sha256?: string
}

/** What looking at a selection needs. */
export interface PrepareParts {
  readonly queue: UploadQueue
  readonly desk: QuestionDesk
  /** Asks what would become of files; waits for a server that is away. @throws RequestFailure */
  readonly check: (folder: string, files: readonly FileToCheck[]) => Promise<CheckedUploads>
  /** SHA-256 of an entry's file. */
  readonly hash: (entry: UploadEntry) => Promise<string>
}

/** Most files of one check. */
export const BATCH = 1000

/** Why a file cannot be uploaded, as the check told. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string

  constructor(code: string, reason: string) {
    super(reason)
    this.code = code
  }
}

interface Refusal {
  readonly entry: UploadEntry
  readonly code: string
  readonly reason: string
  readonly suggestion: string
}

/** What one has chosen together: where it goes, and what was answered for all of it. */
export class Selection {
  readonly #parts: PrepareParts
  readonly #folder: UploadFolder
  readonly #size: number
  #isAllowed: boolean | undefined
  #choice: ConflictChoice | undefined
  #renames: 'suggested' | 'skip' | undefined
  #conflicts: { readonly entry: UploadEntry; readonly conflict: Conflict }[] = []
  #refusals: Refusal[] = []
  #isAsking = false

  constructor(parts: PrepareParts, folder: UploadFolder, size: number) {
    this.#parts = parts
    this.#folder = folder
    this.#size = size
  }

  /**
   * Looks at held entries, and lets those have their turn that nothing is to be asked about; the others when they are
   * answered for. Resolves when all were looked at.
   */
  async look(entries: readonly UploadEntry[]): Promise<void> {
    const { queue } = this.#parts
    for (let at = 0; at < entries.length; at += BATCH) {
      const batch = entries.slice(at, at + BATCH).filter(({ state }) => state === 'held')
      try {
        if (!(await this.#lookAt(batch))) return queue.skip(entries)
      } catch (failure) {
        return queue.refuse(entries.slice(at), failure)
      }
    }
  }

  /** Asks about one whose name was taken while it was sent. */
  async lookAgain(entry: UploadEntry): Promise<void> {
    const { queue, check } = this.#parts
    try {
      const { files } = await check(this.#folder.id, [fileOf(entry)])
      const [checked] = files
      // By now the name is free again, or never was to be had.
      if (checked === undefined || checked.status !== 'conflict') return queue.refuse([entry], entry.failure)
      this.#conflicts.push({ entry, conflict: checked })
      await this.#askAll()
    } catch (failure) {
      queue.refuse([entry], failure)
    }
  }

  /** @returns false: the person does not want any of it */
  async #lookAt(batch: readonly UploadEntry[]): Promise<boolean> {
    const { queue, check } = this.#parts
    const files = batch.filter(({ kind }) => kind === 'file')
    // A selection of empty folders is asked about by a name that nothing has: links show them, too.
    const asked = files.length === 0 ? [{ relativePath: '…', size: 0 }] : files.map(fileOf)
    if (batch.length === 0) return true
    const checked = await check(this.#folder.id, asked)
    this.#isAllowed ??= await this.#mayBegin(checked)
    if (!this.#isAllowed) return false
    const verdicts = new Map(files.map((entry, index) => [entry, checked.files[index]]))
    queue.release(batch.filter((entry) => verdicts.get(entry)?.status === 'free' || entry.kind === 'folder'))
    for (const [entry, verdict] of verdicts) this.#sort(entry, verdict)
    void this.#askAll()
    return true
  }

  #sort(entry: UploadEntry, verdict: CheckedUpload | undefined): void {
    if (verdict?.status === 'conflict') this.#conflicts.push({ entry, conflict: verdict })
    if (verdict?.status !== 'refused') return
    const { code, reason } = verdict
    const suggestion = suggestionFor(code, entry.relativePath)
    if (suggestion === undefined) this.#parts.queue.refuse([entry], new Refused(code, reason))
    else this.#refusals.push({ entry, code, reason, suggestion })
  }

  /** Whether what will be seen, and what room there is, is all right. */
  async #mayBegin({ visibleTo, space }: CheckedUploads): Promise<boolean> {
    const isTooMuch = space.free !== null && this.#size > space.free
    if (visibleTo.count === 0 && !isTooMuch) return true
    const goOn = await this.#parts.desk.ask<boolean>(
      (answer) => ({
        kind: 'before',
        folder: this.#folder,
        links: { count: visibleTo.count, titles: visibleTo.shareLinks.map(({ title }) => title) },
        space: isTooMuch ? { needed: this.#size, free: space.free ?? 0 } : undefined,
        answer,
      }),
      () => this.#parts.queue.count('held') > 0,
    )
    return goOn === true
  }

  async #askAll(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      for (;;) {
        const conflict = this.#conflicts.shift()
        if (conflict !== undefined) {
          await this.#askConflict(conflict.entry, conflict.conflict)
          continue
        }
        const refusal = this.#refusals.shift()
        if (refusal === undefined) return
        await this.#askRename(refusal)
      }
    } finally {
      this.#isAsking = false
    }
  }

  async #askConflict(entry: UploadEntry, { node, choices }: Conflict): Promise<void> {
    const { desk } = this.#parts
    if (entry.state !== 'held') return
    const possible: readonly ConflictChoice[] = [...choices, 'skip']
    const known = this.#choice
    if (known !== undefined && possible.includes(known)) return this.#choose(entry, known)
    const asking = desk.ask<{ choice: ConflictChoice; forAll: boolean }>(
      (answer) => ({
        kind: 'conflict',
        entry,
        node,
        choices: possible,
        others: this.#conflicts.length,
        answer: (choice, forAll) => answer({ choice, forAll }),
      }),
      () => entry.state === 'held',
    )
    if (node.sameBytes === null && node.kind === 'asset') void this.#compare(entry)
    const given = await asking
    if (given === undefined) return
    if (given.forAll) this.#choice = given.choice
    this.#choose(entry, given.choice)
  }

  #choose(entry: UploadEntry, choice: ConflictChoice): void {
    const { queue } = this.#parts
    if (choice === 'skip') return queue.skip([entry])
    if (entry.url !== undefined) entry.finishWith = choice
    queue.release([entry], choice)
  }

  /** Finds out whether both hold the same bytes, while the question is open. */
  async #compare(entry: UploadEntry): Promise<void> {
    const { desk, check, hash } = this.#parts
    try {
      entry.sha256 ??= await hash(entry)
      const { files } = await check(this.#folder.id, [fileOf(entry)])
      const [checked] = files
      if (checked?.status === 'conflict') desk.amend(entry, { node: checked.node })
    } catch {
      // Then nothing is said of it: the question can be answered all the same.
    }
  }

  async #askRename({ entry, code, reason, suggestion }: Refusal): Promise<void> {
    const { desk, queue } = this.#parts
    if (entry.state !== 'held') return
    if (this.#renames === 'skip') return queue.skip([entry])
    if (this.#renames === 'suggested') return this.#rename(entry, suggestion)
    const given = await desk.ask<{ path: string | undefined; forAll: boolean }>(
      (answer) => ({
        kind: 'rename',
        entry,
        code,
        reason,
        suggestion,
        others: this.#refusals.length,
        answer: (path, forAll) => answer({ path, forAll }),
      }),
      () => entry.state === 'held',
    )
    if (given === undefined) return
    if (given.forAll) this.#renames = given.path === undefined ? 'skip' : 'suggested'
    if (given.path === undefined) queue.skip([entry])
    else await this.#rename(entry, given.path)
  }

  /** The new name is looked at as the old one was. */
  async #rename(entry: UploadEntry, path: string): Promise<void> {
    entry.relativePath = path
    await this.look([entry])
  }
}

/** Another path for one that is refused; undefined where another name would not help. */
function suggestionFor(code: string, path: string): string | undefined {
  if (code === 'node/name-taken') return numberedPath(path)
  if (code !== 'node/name-invalid') return undefined
  const suggestion = suggestPath(path)
  return suggestion === path ? undefined : suggestion
}

function fileOf({ relativePath, size, sha256 }: UploadEntry): FileToCheck {
  return { relativePath, size, ...(sha256 === undefined ? {} : { sha256 }) }
}
