/** A small company's material: what `npm run seed` fills a server with. */
export interface Story {
  readonly people: readonly {
    readonly name: string
    readonly displayName: string
    readonly groups: readonly string[]
  }[]
  readonly groups: readonly string[]
  readonly folders: readonly StoryFolder[]
}

/** A folder of the story, with how many pictures it gets. */
export interface StoryFolder {
  readonly path: string
  readonly pictures: number
  /** The group that may do all in it; everybody else may read. */
  readonly owners?: string
  /** How long a link to it lives, in ms, when it gets one. A short one is over when seeding ends. */
  readonly shareFor?: number
}

const DAY = 86_400_000

/** @param scale how many times the usual number of pictures */
export function storyOf(scale: number): Story {
  return {
    groups: ['marketing', 'studio', 'press'],
    people: [
      { name: 'ann', displayName: 'Ann Weber', groups: ['marketing'] },
      { name: 'ben', displayName: 'Ben Okafor', groups: ['studio'] },
      { name: 'chi', displayName: 'Chi Tanaka', groups: ['press', 'marketing'] },
    ],
    folders: [
      { path: '/Campaigns/Spring 2027/Hero', pictures: 24 * scale, owners: 'marketing', shareFor: 7 * DAY },
      { path: '/Campaigns/Spring 2027/Social', pictures: 36 * scale, owners: 'marketing' },
      { path: '/Campaigns/Autumn 2026', pictures: 18 * scale, owners: 'marketing', shareFor: 1_000 },
      { path: '/Studio/Products/Lamps', pictures: 20 * scale, owners: 'studio' },
      { path: '/Studio/Products/Chairs', pictures: 20 * scale, owners: 'studio' },
      { path: '/Press/Portraits', pictures: 12 * scale, owners: 'press' },
      { path: '/Press/For approval', pictures: 0 },
    ],
  }
}
