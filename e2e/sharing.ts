import type { Browser, Locator, Page } from '@playwright/test'
import { ask, enter, expect, password, signIn, type House } from './house.ts'

/** Makes a folder at the root with folders in it. @returns its id */
export async function aFolder(house: House, name: string, within: readonly string[] = []): Promise<string> {
  const root = await ask(house, 'GET', '/api/v1/nodes?path=/')
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root['id'], kind: 'folder', name })
  for (const inner of within) await ask(house, 'POST', '/api/v1/nodes', { parent: id, kind: 'folder', name: inner })
  return String(id)
}

/** Lets these people, and no others but administrators, do this with a folder: to see and share it, unless it is said. */
export async function allow(
  house: House,
  node: string,
  names: readonly string[],
  privileges = ['read', 'download-rendition', 'download-original', 'share'],
): Promise<void> {
  const people = await Promise.all(names.map((name) => ask(house, 'GET', `/api/v1/users?name=${name}`)))
  const entries = people.map(({ items }) => ({
    principal: (items as readonly { readonly id: string }[])[0]?.id,
    effect: 'allow',
    privileges,
  }))
  await ask(house, 'PUT', `/api/v1/nodes/${node}/acl`, { entries })
}

/** Signs in as `admin`, goes to a folder of the root and opens the Link Sharing dialog on it. */
export async function openDialog(page: Page, house: House, folder: string): Promise<Locator> {
  await signIn(page, house)
  await page.getByRole('row', { name: new RegExp(`^${folder}, Folder`) }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: folder })).toBeVisible()
  await page.getByRole('button', { name: 'Share Link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Link Sharing' })
  await expect(dialog.getByRole('textbox', { name: 'Share Link' })).toHaveValue(/linkshare\.html\?sh=/)
  return dialog
}

/** Goes to an address and signs in there. */
export async function enterAs(page: Page, house: House, name: string, path: string): Promise<void> {
  await page.goto(house.url + path)
  await enter(page, name, password)
}

/** A browser that nobody has signed in with. */
export async function aVisitor(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

/** What a stranger's program is answered. */
export async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status
}

/** The row of a link in a list. */
export function row(page: Page, title: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${title},`) })
}
