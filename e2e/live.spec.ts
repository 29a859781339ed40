import { ROOT_ID } from '@vitrine/domain'
import type { Locator, Page } from '@playwright/test'
import { aPicture } from './a-picture.ts'
import { ask, expect, putPicture, signIn, test } from './house.ts'
import { aFolder } from './sharing.ts'

const row = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(`^${name}`) })

test('what others make, rename and put into the trash is seen at once', async ({ page, house }) => {
  await signIn(page, house)
  await expect(row(page, 'Autumn campaign')).toBeVisible()
  const id = await aFolder(house, 'From elsewhere')
  await expect(row(page, 'From elsewhere')).toBeVisible()
  await ask(house, 'POST', `/api/v1/nodes/${id}/move`, { parent: ROOT_ID, name: 'Renamed elsewhere' })
  await expect(row(page, 'Renamed elsewhere')).toBeVisible()
  await expect(row(page, 'From elsewhere')).toBeHidden()
  await ask(house, 'POST', `/api/v1/nodes/${id}/trash`)
  await expect(row(page, 'Renamed elsewhere')).toBeHidden()
})

test('what changed while the server was away is seen when it is back', async ({ page, house }) => {
  await signIn(page, house)
  await expect(row(page, 'Autumn campaign')).toBeVisible()
  await house.restart(async () => {})
  await aFolder(house, 'After the restart')
  await expect(row(page, 'After the restart')).toBeVisible()
})

test('a download that others make is seen, and seen to be ready', async ({ page, house }) => {
  const id = await aFolder(house, 'Packed elsewhere')
  await putPicture(house, id, 'Packed elsewhere.png', aPicture(300, 200, 7))
  await signIn(page, house, '/downloads')
  await expect(page.getByRole('heading', { level: 1, name: 'Download Inbox' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Packed elsewhere' })).toBeHidden()
  // The same person, elsewhere.
  await ask(house, 'POST', '/api/v1/downloads', { nodes: [id], originals: true, renditions: [] })
  const entry = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2, name: 'Packed elsewhere' }) })
  await expect(entry.getByText('Ready', { exact: true })).toBeVisible()
})

test('links that others make and revoke are seen in the list', async ({ page, house }) => {
  await signIn(page, house, '/shared-links?search=elsewhere')
  await expect(page.getByRole('heading', { name: 'No title holds “elsewhere”' })).toBeVisible()
  const targets = [await aFolder(house, 'Shared from elsewhere')]
  const { id } = await ask(house, 'POST', '/api/v1/share-links', { targets })
  await expect(row(page, 'Shared from elsewhere, Live')).toBeVisible()
  await ask(house, 'POST', `/api/v1/share-links/${String(id)}/revoke`)
  await expect(row(page, 'Shared from elsewhere, Revoked')).toBeVisible()
})
