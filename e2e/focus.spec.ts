import type { Locator, Page } from '@playwright/test'
import { ask, expect, signIn, tabTo, test } from './house.ts'
import { aFolder } from './sharing.ts'

/** The row of a folder in the grid. */
function row(page: Page, name: string): Locator {
  return page.getByRole('grid').getByRole('row', { name: new RegExp(`^${name}, Folder`) })
}

/** Lets requests whose address ends so wait, until the returned function is called. */
async function hold(page: Page, address: RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(address, async (route) => {
    await promise
    await route.continue()
  })
  return resolve
}

test('a filter keeps the focus, whatever comes back into view while one types', async ({ page, house }) => {
  const id = await aFolder(house, 'Typed in', ['Inner'])
  const { items } = await ask(house, 'GET', `/api/v1/nodes/${id}/children`)
  const [inner] = items as { id: string }[]
  await ask(house, 'POST', '/api/v1/nodes', { parent: inner?.id, kind: 'folder', name: 'Deep' })
  await signIn(page, house, `/files/${id}?view=list`)
  await tabTo(page, row(page, 'Inner'))
  await page.keyboard.press('Enter')
  await expect(row(page, 'Deep')).toBeFocused()

  const filter = page.getByRole('searchbox', { name: 'Filter by name' })
  await filter.click()
  await page.keyboard.type('deepx')
  await expect(page.getByRole('heading', { name: 'Nothing here has “deepx” in its name' })).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(row(page, 'Deep')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(filter).toHaveValue('dee')
})

test('the tree is reached by Tab, also where it does not show the folder that one is in', async ({ page, house }) => {
  const id = await aFolder(house, 'Out of the tree')
  await signIn(page, house, `/files/${id}`)
  const tree = page.getByRole('tree', { name: 'Folders' })
  const [root, here] = [
    tree.getByRole('treeitem', { name: 'Files' }),
    tree.getByRole('treeitem', { name: 'Out of the tree' }),
  ]
  await expect(here).toHaveAttribute('tabindex', '0')
  await expect(root).toHaveAttribute('tabindex', '-1')
  await root.locator('.tree-twist').click()
  await expect(here).toBeHidden()
  await tabTo(page, root)
  await page.keyboard.press('ArrowRight')
  await expect(here).toBeVisible()
})

test('the answer to one name closes no field for another', async ({ page, house }) => {
  const id = await aFolder(house, 'Named at once', ['First', 'Second'])
  await signIn(page, house, `/files/${id}?view=list`)
  const answer = await hold(page, /\/move$/)
  await row(page, 'First').click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'New name of First' }).fill('Former')
  await page.keyboard.press('Enter')
  await row(page, 'Second').click()
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: 'New name of Second' })
  await field.fill('Latter')
  answer()
  await expect(row(page, 'Former')).toBeVisible()
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row(page, 'Latter')).toBeFocused()
})

test('whoever goes on before a folder is made stays where they are', async ({ page, house }) => {
  const id = await aFolder(house, 'Made slowly', ['There'])
  await signIn(page, house, `/files/${id}?view=list`)
  await expect(row(page, 'There')).toBeVisible()
  await page.getByRole('button', { name: 'New folder' }).click()
  const answer = await hold(page, /\/children\?/)
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('There too')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  const filter = page.getByRole('searchbox', { name: 'Filter by name' })
  await filter.click()
  answer()
  await expect(row(page, 'There too')).toBeVisible()
  await page.keyboard.type('too')
  await expect(filter).toHaveValue('too')
})
