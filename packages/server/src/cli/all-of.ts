import type { ServerClient } from './server-client.ts'

/**
 * Everything on a list of the API, page after page.
 *
 * @param path of the list, with the query that chooses what is on it
 */
export async function allOf<Item>(client: ServerClient, path: `/api/v1/${string}?${string}`): Promise<Item[]> {
  const all: Item[] = []
  let after = ''
  for (;;) {
    const page = await client.call<{ items: Item[]; next: string | null }>('GET', `${path}${after}`)
    all.push(...page.items)
    if (page.next === null) return all
    after = `&cursor=${encodeURIComponent(page.next)}`
  }
}
