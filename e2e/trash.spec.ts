import type { Locator, Page } from '@playwright/test'
import { aPicture } from './a-picture.ts'
import { ask, expect, expectAccessible, overflow, putPicture, signIn, tabTo, test, type House } from './house.ts'

const root = '00000000-0000-7000-8000-000000000000'

/** The row of something in the grid. */
function entry(page: Page, name: string): Locator {
  return page.getByRole('grid').getByRole('row', { name: new RegExp(`^${name}`) })
}

/** Makes a folder with pictures, and puts those into the trash. @returns the folder's id */
async function trashed(house: House, folder: string, names: readonly string[]): Promise<string> {
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root, kind: 'folder', name: folder })
  for (const name of names) {
    const picture = await putPicture(house, String(id), name, aPicture(60, 40, name.length * 20))
    await ask(house, 'POST', `/api/v1/nodes/${picture}/trash`)
  }
  return String(id)
}

test('what is put into the trash comes back with Ctrl+Z, and from the trash', async ({ page, house }) => {
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root, kind: 'folder', name: 'Kept' })
  for (const name of ['One.png', 'Two.png']) await putPicture(house, String(id), name, aPicture(60, 40, 90))
  await signIn(page, house, `/files/${String(id)}?view=list`)
  await entry(page, 'One.png').click()
  await page.keyboard.press('Delete')
  await expect(page.getByText('“One.png” moved to the trash.')).toBeVisible()
  await expect(entry(page, 'One.png')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(entry(page, 'One.png')).toBeVisible()

  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.getByRole('heading', { name: 'This folder is empty' })).toBeVisible()
  await page.getByRole('link', { name: 'Trash' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeVisible()
  await expect(entry(page, 'Two.png, was /Kept/Two.png')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Name, not sorted' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await entry(page, 'One.png').getByRole('button', { name: 'Restore One.png' }).click()
  await expect(page.getByText('“One.png” restored.')).toBeVisible()
  await expect(entry(page, 'One.png')).toBeHidden()
  await page.goto(`${house.url}/files/${String(id)}`)
  await expect(entry(page, 'One.png')).toBeVisible()
})

test('what the panel has taken back is not taken back once more by Ctrl+Z', async ({ page, house }) => {
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root, kind: 'folder', name: 'Taken back' })
  for (const name of ['Former.png', 'Latter.png']) await putPicture(house, String(id), name, aPicture(60, 40, 90))
  await signIn(page, house, `/files/${String(id)}?view=list`)
  for (const name of ['Former.png', 'Latter.png']) {
    await entry(page, name).click()
    await page.keyboard.press('Delete')
    await expect(entry(page, name)).toBeHidden()
  }
  await page.getByRole('button', { name: 'Background work' }).click()
  const work = page.getByRole('dialog', { name: 'Background work' })
  await work.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByText('Undone for 1 item.')).toBeVisible()
  await work.getByRole('button', { name: 'Close' }).click()
  await expect(work).toBeHidden()
  await expect(entry(page, 'Latter.png')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(entry(page, 'Former.png')).toBeVisible()
})

test('what came from a folder that is gone goes where one says', async ({ page, house }) => {
  const folder = await trashed(house, 'Gone', ['Lost.png'])
  await ask(house, 'POST', '/api/v1/nodes', { parent: root, kind: 'folder', name: 'Shelter' })
  await ask(house, 'POST', `/api/v1/nodes/${folder}/trash`)
  await signIn(page, house, '/trash')
  await entry(page, 'Lost.png').click()
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Where is it to go?' })
  await expect(dialog.getByText('The folder where this was is not there any more.')).toBeVisible()
  await dialog.getByRole('treeitem', { name: 'Shelter' }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Restore here' }).click()
  await expect(page.getByText('“Lost.png” restored to “Shelter”.')).toBeVisible()
})

test('nothing is removed for good without a question that names it; the keyboard alone will do', async ({
  page,
  house,
}) => {
  await trashed(house, 'Leaving', ['Away.png', 'Also away.png', 'Stays.png'])
  await signIn(page, house, '/trash?sort=name')
  await expect(entry(page, 'Away.png')).toBeVisible()
  await tabTo(page, page.getByRole('grid').getByRole('row').first())
  for (let presses = 0; presses < 20; presses++) {
    if (await entry(page, 'Also away.png').evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Remove 2 items for good?' })
  await expect(question.getByText('Also away.png')).toBeVisible()
  await expect(question.getByText('This cannot be undone.')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(entry(page, 'Away.png')).toBeVisible()
  await page.keyboard.press('Delete')
  await question.getByRole('button', { name: 'Remove for good' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 items removed for good.')).toBeVisible()
  await expect(entry(page, 'Away.png')).toBeHidden()
  await expect(entry(page, 'Stays.png')).toBeVisible()
})

test('the trash is emptied, and then says what it is for', async ({ page, house }) => {
  await trashed(house, 'Last', ['Last.png'])
  await signIn(page, house, '/trash')
  await expect(entry(page, 'Last.png')).toBeVisible()
  await page.getByRole('button', { name: 'Empty the trash' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }).click()
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await expectAccessible(page)
})

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the trash fits, and its entries are chosen with a finger', async ({ page, house }) => {
    await trashed(house, 'Narrow trash', ['A rather long name of a picture that was thrown away.png'])
    await signIn(page, house, '/trash')
    await expect(entry(page, 'A rather long name')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await entry(page, 'A rather long name').tap()
    await expect(page.getByRole('region', { name: 'Selection' }).getByText('1 selected')).toBeVisible()
    await expectAccessible(page)
  })
})
