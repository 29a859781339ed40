import { everything, nothing, toggle } from '@vitrine/ui/selection.ts'
import { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import type { PublicItem } from '@vitrine/api/public'
import { describe, expect, it } from 'vitest'
import { itemsOfSelection } from './selected-items.ts'

const item = (id: string): PublicItem => ({
  id,
  kind: 'asset',
  name: id,
  size: 1,
  mediaType: '',
  modifiedAt: '2026-01-01T00:00:00.000Z',
})

/** A listing with these items, of which the first page is loaded. */
async function aListing(items: readonly PublicItem[], query: { folder?: string; filter?: string } = {}) {
  const pages = new SparsePages<PublicItem>(
    (offset, limit) => Promise.resolve({ items: items.slice(offset, offset + limit), total: items.length }),
    2,
  )
  await pages.range(0, 1)
  return {
    query: { folder: query.folder, sort: 'name' as const, filter: query.filter ?? '' },
    pages,
    link: undefined,
    path: [],
  }
}

const three = [item('a'), item('b'), item('c')]

describe('what is asked for', () => {
  it('is named one by one when it was chosen one by one', async () => {
    const chosen = toggle(toggle(nothing, 'a'), 'c')
    expect(await itemsOfSelection(chosen, await aListing(three))).toEqual({ items: ['a', 'c'] })
  })

  it('is everything but what was taken out, without loading it', async () => {
    const listing = await aListing(three)
    expect(await itemsOfSelection(everything, listing)).toEqual({ items: 'all' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: 'all', except: ['b'] })
    expect(listing.pages.at(2)).toBeUndefined()
  })

  it('is the folder when all of it was selected in a folder', async () => {
    const listing = await aListing(three, { folder: 'f' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: ['f'], except: ['b'] })
  })

  it('is only what the filter leaves', async () => {
    const listing = await aListing(three, { filter: 'x' })
    expect(await itemsOfSelection(toggle(everything, 'b'), listing)).toEqual({ items: ['a', 'c'] })
  })
})
