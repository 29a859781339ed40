import { useSyncExternalStore } from 'react'

/** Like the device, or one of both always. */
export type Theme = 'system' | 'light' | 'dark'

/** Cards or rows. */
export type View = 'cards' | 'list'

/** How those who are signed in look at a folder: as cards, as rows, or each folder as a column. */
export const folderViews = ['card', 'list', 'column'] as const
/** One of {@link folderViews}. */
export type FolderView = (typeof folderViews)[number]

/** What this browser remembers about its reader's wishes. Nothing of what was shown is in it. */
export interface Preferences {
  readonly theme: Theme
  /** A language tag of {@link languages}; undefined: the browser's. */
  readonly language: Language | undefined
  readonly view: View
  readonly folderView: FolderView
}

/** The languages of the pages. */
export const languages = ['en', 'de'] as const

/** One of {@link languages}. */
export type Language = (typeof languages)[number]

const KEY = 'vitrine.preferences'
const listeners = new Set<() => void>()
let preferences = readPreferences()

/** What is remembered now. */
export function currentPreferences(): Preferences {
  return preferences
}

/** What is remembered; renders again when that changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(listen, currentPreferences)
}

/** Remembers a wish. Where storage is forbidden it holds until the page is left. */
export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change }
  applyTheme(preferences.theme)
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // Private windows and strict settings forbid storage.
  }
  for (const listener of listeners) listener()
}

/** The reader's language: what was chosen here, else the first of the browser's that the pages have, else English. */
export function languageOf(chosen: Language | undefined, wanted: readonly string[]): Language {
  if (chosen !== undefined) return chosen
  for (const tag of wanted) {
    const language = languages.find((known) => known === tag.toLowerCase().split('-')[0])
    if (language !== undefined) return language
  }
  return 'en'
}

/** Sets the page's own colours, behind what React draws. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['colorScheme']
  else document.documentElement.dataset['colorScheme'] = theme
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function readPreferences(): Preferences {
  let kept: Partial<Preferences> = {}
  try {
    kept = (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Partial<Preferences>
  } catch {
    // Unreadable or forbidden: as if nothing had been chosen.
  }
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    language: languages.find((language) => language === kept.language),
    view: kept.view === 'list' ? 'list' : 'cards',
    folderView: folderViews.find((view) => view === kept.folderView) ?? 'card',
  }
}
