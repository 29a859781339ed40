import type { CheckedUpload } from '@vitrine/api'
import type { UploadEntry, UploadFolder } from './upload-entry.ts'

/** A file whose name is taken, as the server told. */
export type Conflict = Extract<CheckedUpload, { status: 'conflict' }>

/** What can be chosen where a name is taken. */
export type ConflictChoice = 'version' | 'keep-both' | 'skip'

/** Asked before anything of a selection is sent. */
export interface BeforeQuestion {
  readonly kind: 'before'
  readonly folder: UploadFolder
  /** Live share links that will show what is uploaded, and the titles of those that one may see. */
  readonly links: { readonly count: number; readonly titles: readonly string[] }
  /** Absent: there is room. */
  readonly space: { readonly needed: number; readonly free: number } | undefined
  readonly answer: (goOn: boolean) => void
}

/** Asked where a name is taken. */
export interface ConflictQuestion {
  readonly kind: 'conflict'
  readonly entry: UploadEntry
  readonly node: Conflict['node']
  /** Never empty: `skip` is always there. */
  readonly choices: readonly ConflictChoice[]
  /** So many others have the same question. */
  readonly others: number
  /** @param forAll also for those others, and what else comes of the selection */
  readonly answer: (choice: ConflictChoice, forAll: boolean) => void
}

/** Asked where a name may not be used. */
export interface RenameQuestion {
  readonly kind: 'rename'
  readonly entry: UploadEntry
  /** Why, as a code and as the server's sentence. */
  readonly code: string
  readonly reason: string
  /** A path that can be used. */
  readonly suggestion: string
  readonly others: number
  /** @param path undefined: it is skipped @param forAll the others get what is suggested for them, or are skipped */
  readonly answer: (path: string | undefined, forAll: boolean) => void
}

/** Something that only the person can say. */
export type UploadQuestion = BeforeQuestion | ConflictQuestion | RenameQuestion

interface Asked {
  question: UploadQuestion
  /** Whether the answer still matters. */
  readonly isOpen: () => boolean
  readonly withdraw: () => void
}

/** Questions, one at a time. */
export class QuestionDesk {
  readonly #onChange: () => void
  #asked: Asked[] = []

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** What is asked now. */
  get current(): UploadQuestion | undefined {
    return this.#asked[0]?.question
  }

  /**
   * Asks, when it is its turn.
   *
   * @param make the question around what takes its answer
   * @param isOpen whether the answer still matters
   * @returns the answer; undefined when the question is open no more
   */
  ask<Answer>(make: (answer: (given: Answer) => void) => UploadQuestion, isOpen: () => boolean) {
    return new Promise<Answer | undefined>((resolve) => {
      const settle = (given: Answer | undefined) => {
        this.#asked = this.#asked.filter((other) => other !== asked)
        resolve(given)
        this.#onChange()
      }
      const asked: Asked = { question: make(settle), isOpen, withdraw: () => settle(undefined) }
      this.#asked.push(asked)
      this.#onChange()
    })
  }

  /** Says more with the present question, if it is about this entry. */
  amend(entry: UploadEntry, more: Pick<ConflictQuestion, 'node'>): void {
    for (const asked of this.#asked) {
      const { question } = asked
      if (question.kind === 'conflict' && question.entry === entry) asked.question = { ...question, ...more }
    }
    this.#onChange()
  }

  /** Withdraws what is open no more. */
  review(): void {
    for (const asked of this.#asked) if (!asked.isOpen()) asked.withdraw()
  }
}
