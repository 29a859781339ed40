import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { codeOf } from '../api/failure-words.ts'
import { noteLinksChanged } from './link-changes.ts'
import { changedSettings, changeOf, mergedSettings, problemOf, settingsOf } from './link-settings.ts'
import type { ExpiryBounds, LinkSettings, SettingName, SettingsProblem, ShareLink } from './link-settings.ts'

/** A URL that opens nothing yet. */
export type LinkDraft = AnswerOf<'POST /api/v1/share-links/draft'>

/** What somebody is at with a link. */
export interface EditorState {
  /** Undefined: there is none yet. */
  readonly link: ShareLink | undefined
  readonly settings: LinkSettings
  /** Why the settings cannot be saved as they are. */
  readonly problem: SettingsProblem | undefined
  readonly isSaving: boolean
  /** How often something was saved that had been chosen after the link was there. */
  readonly saves: number
  /** Why the last request brought nothing. */
  readonly failure: unknown
  /** The link as somebody else has changed it meanwhile, and what they changed. */
  readonly newer: { readonly link: ShareLink; readonly changed: readonly SettingName[] } | undefined
}

/** Pause after a choice before it is saved, so that a date that is being typed is one change, in milliseconds. */
const PAUSE = 500

/**
 * A link that is being made or changed.
 *
 * Until it is made, choices are only noted. From then on each is saved, one request at a time, against the state that it
 * was made on: where somebody else was faster, nothing is written until it was decided whose choice counts.
 */
export class LinkEditor {
  readonly bounds: ExpiryBounds
  #draft: LinkDraft | undefined
  #state: EditorState
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<boolean> | undefined
  readonly #targets: readonly string[]
  readonly #listeners = new Set<() => void>()

  constructor(
    targets: readonly string[],
    start: { readonly draft: LinkDraft } | { readonly link: ShareLink },
    bounds: ExpiryBounds,
  ) {
    this.#targets = targets
    this.bounds = bounds
    this.#draft = 'draft' in start ? start.draft : undefined
    const link = 'link' in start ? start.link : undefined
    const settings = 'draft' in start ? settingsOfDraft(start.draft) : settingsOf(start.link)
    this.#state = {
      link,
      settings,
      problem: undefined,
      isSaving: false,
      saves: 0,
      failure: undefined,
      newer: undefined,
    }
  }

  get state(): EditorState {
    return this.#state
  }

  /** What the link is, or was, made with; undefined for one that was there before. */
  get draft(): LinkDraft | undefined {
    return this.#draft
  }

  /** Calls back at each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Chooses something; where the link is there, it is saved after a pause. */
  choose(change: Partial<LinkSettings>): void {
    const settings = { ...this.#state.settings, ...change }
    this.#change({ settings, problem: problemOf(settings, this.bounds, Date.now()) })
    clearTimeout(this.#timer)
    if (this.#state.link !== undefined) this.#timer = setTimeout(() => void this.save(), PAUSE)
  }

  /** Takes another draft in place of one that is out of date; what was chosen stays. */
  renew(draft: LinkDraft): void {
    this.#draft = draft
    this.#change({ failure: undefined })
  }

  /** Takes a link that was there before, in place of a new one. */
  take(link: ShareLink): void {
    this.#change({ link, settings: settingsOf(link), problem: undefined, failure: undefined })
  }

  /**
   * Makes the link, or saves what is chosen about it.
   *
   * @returns whether the link is there, and as it was chosen
   */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer)
    // What is chosen while a request runs goes with the next one.
    while (this.#running !== undefined) if (!(await this.#running)) return false
    if (this.#isSaved()) return true
    this.#running = this.#saveOnce().finally(() => (this.#running = undefined))
    return (await this.#running) && this.save()
  }

  /** Fixes the contents of a link that is not live anew, as they are now. */
  async freezeAgain(): Promise<void> {
    const { link } = this.#state
    if (!(await this.save()) || link === undefined) return
    this.#change({ isSaving: true, failure: undefined })
    try {
      const body = { freezeAgain: true }
      const fixed = await call('PATCH /api/v1/share-links/:id', { params: { id: link.id }, body })
      this.#change({ link: fixed, saves: this.#state.saves + 1 })
      noteLinksChanged()
    } catch (failure) {
      this.#fail(failure)
    } finally {
      this.#change({ isSaving: false })
    }
  }

  /** Decides, where somebody else has changed the link, whose choice counts. */
  async decide(whose: 'mine' | 'theirs'): Promise<void> {
    const { newer, link, settings } = this.#state
    if (newer === undefined || link === undefined) return
    const theirs = settingsOf(newer.link)
    const wanted = whose === 'theirs' ? theirs : mergedSettings(settingsOf(link), settings, theirs)
    this.#change({ link: newer.link, settings: wanted, newer: undefined, failure: undefined })
    await this.save()
  }

  #isSaved(): boolean {
    const { link, settings } = this.#state
    return link !== undefined && changedSettings(settingsOf(link), settings).length === 0
  }

  async #saveOnce(): Promise<boolean> {
    const { settings, link, newer } = this.#state
    const problem = problemOf(settings, this.bounds, Date.now())
    if (problem !== undefined || newer !== undefined) {
      this.#change({ problem })
      return false
    }
    this.#change({ isSaving: true, failure: undefined, problem })
    try {
      if (link === undefined) this.#change({ link: await this.#make(settings) })
      else this.#change({ link: await changeLink(link, settings), saves: this.#state.saves + 1 })
      noteLinksChanged()
      return true
    } catch (failure) {
      return link !== undefined && codeOf(failure) === 'share-link/changed'
        ? await this.#meet(link)
        : this.#fail(failure)
    } finally {
      this.#change({ isSaving: false })
    }
  }

  /** With a draft it is made once, however often it is asked for: also when the first answer was lost. */
  async #make({ title, expiresAt, ...settings }: LinkSettings): Promise<ShareLink> {
    const draft = this.#draft
    const body = {
      ...settings,
      targets: [...this.#targets],
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(title.trim() === '' ? {} : { title: title.trim() }),
      ...(draft === undefined ? {} : { id: draft.id, draft: draft.draft }),
    }
    try {
      return await call('POST /api/v1/share-links', { body })
    } catch (failure) {
      if (draft === undefined || codeOf(failure) !== 'share-link/made-already') throw failure
      return call('GET /api/v1/share-links/:id', { params: { id: draft.id } })
    }
  }

  /** Somebody else was faster: what they chose is looked at before anything is written over it. */
  async #meet(link: ShareLink): Promise<boolean> {
    try {
      const theirs = await call('GET /api/v1/share-links/:id', { params: { id: link.id } })
      const base = settingsOf(link)
      const merged = mergedSettings(base, this.#state.settings, settingsOf(theirs))
      const changed = changedSettings(base, settingsOf(theirs))
      const isDecided = changed.length === 0 || changedSettings(settingsOf(theirs), merged).length === 0
      if (isDecided) this.#change({ link: theirs, settings: merged })
      else this.#change({ newer: { link: theirs, changed } })
      return isDecided
    } catch (failure) {
      return this.#fail(failure)
    }
  }

  #fail(failure: unknown): false {
    this.#change({ failure })
    return false
  }

  #change(change: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function changeLink(link: ShareLink, settings: LinkSettings): Promise<ShareLink> {
  const body = changeOf(settingsOf(link), settings)
  return call('PATCH /api/v1/share-links/:id', { params: { id: link.id }, body, ifMatch: link.etag })
}

const MINUTE = 60_000

function settingsOfDraft({ expiresAt, latestExpiresAt }: LinkDraft): LinkSettings {
  // To the minute, as the picker shows it: never less than what the server offers.
  const rounded = Math.ceil(Date.parse(expiresAt) / MINUTE) * MINUTE
  return {
    title: '',
    expiresAt: new Date(Math.min(rounded, Date.parse(latestExpiresAt))).toISOString(),
    originals: true,
    renditions: true,
    audience: 'anyone',
    mode: 'live',
  }
}
