import { useSyncExternalStore } from 'react'

/** What a notice is about: something done, something that failed, or something to know. */
export type NoticeKind = 'done' | 'failed' | 'info'

/** What can be done from a notice, as long as it is in view. */
export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

/** Something that was told. */
export interface Notice {
  readonly id: number
  readonly kind: NoticeKind
  readonly text: string
  /** In ms since the Unix epoch. */
  readonly toldAt: number
  readonly action: NoticeAction | undefined
}

/** What there is to see. */
export interface Notices {
  /** The newest first. */
  readonly all: readonly Notice[]
  /** Those that are shown now, the oldest first. */
  readonly shown: readonly Notice[]
  /** How many have been told since the panel was last looked at. */
  readonly unread: number
}

/** How long a notice is shown, in milliseconds; a failure stays until it is closed. */
const SHOWN_FOR = 6000
/** So many are shown at once, and so many are kept. */
const MOST = { shown: 3, kept: 100 }
const KEY = 'vitrine.notices'

let state: Notices = { all: readKept(), shown: [], unread: 0 }
let lastId = state.all[0]?.id ?? 0
const timers = new Map<number, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

/** Tells the person something: shown for some seconds, and kept in the notices panel. @returns its id */
export function tell(kind: NoticeKind, text: string, action?: NoticeAction): number {
  const notice: Notice = { id: ++lastId, kind, text, toldAt: Date.now(), action }
  change({
    all: [notice, ...state.all].slice(0, MOST.kept),
    shown: [...state.shown, notice].slice(-MOST.shown),
    unread: state.unread + 1,
  })
  if (kind !== 'failed') hideLater(notice.id)
  return notice.id
}

/** Takes a notice out of view; the panel keeps it. */
export function hide(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  if (state.shown.some((notice) => notice.id === id)) {
    change({ ...state, shown: state.shown.filter((notice) => notice.id !== id) })
  }
}

/** Keeps what is shown in view while somebody reads it. */
export function holdShown(): void {
  for (const timer of timers.values()) clearTimeout(timer)
}

/** Lets what is shown go after its time again. */
export function releaseShown(): void {
  for (const id of timers.keys()) hideLater(id)
}

/** Notes that the panel was looked at: what is in view is in there, too. */
export function noteRead(): void {
  if (state.unread > 0 || state.shown.length > 0) change({ ...state, shown: [], unread: 0 })
}

/** Forgets all notices: they are of the person who has signed out. */
export function forgetNotices(): void {
  holdShown()
  timers.clear()
  change({ all: [], shown: [], unread: 0 })
}

/** What there is to see; renders again when that changes. */
export function useNotices(): Notices {
  return useSyncExternalStore(listen, () => state)
}

function hideLater(id: number): void {
  clearTimeout(timers.get(id))
  timers.set(
    id,
    setTimeout(() => hide(id), SHOWN_FOR),
  )
}

function change(next: Notices): void {
  state = next
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state.all))
  } catch {
    // Forbidden or full: they are kept until the page is left.
  }
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What this tab was told before it was loaded anew. What could be done then is over. */
function readKept(): readonly Notice[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Notice[]
    return kept.map(({ id, kind, text, toldAt }) => ({ id, kind, text, toldAt, action: undefined }))
  } catch {
    return []
  }
}
