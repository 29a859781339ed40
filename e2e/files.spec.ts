import type { Locator, Page } from '@playwright/test'
import { aPicture } from './a-picture.ts'
import {
  ask,
  enter,
  expect,
  expectAccessible,
  makeUser,
  password,
  putPicture,
  signIn,
  overflow,
  tabTo,
  test,
  type House,
} from './house.ts'

/** The row or card of a node. */
function node(page: Page, name: string): Locator {
  return page.getByRole('grid').getByRole('row', { name: new RegExp(`^${name}`) })
}

/** Opens a folder at the root, as its path says. */
async function openFolder(page: Page, house: House, path: string, search = ''): Promise<void> {
  const { id } = await ask(house, 'GET', `/api/v1/nodes?path=${encodeURIComponent(path)}`)
  await signIn(page, house, `/files/${String(id)}${search}`)
}

test('a folder is looked at as cards and as rows, in each order, and narrowed', async ({ page, house }) => {
  await openFolder(page, house, '/Autumn campaign')
  const grid = page.getByRole('grid', { name: 'What lies in Autumn campaign' })
  const asset = grid.getByRole('row', { name: /^(?!.*, Folder,)/ }).first()
  await expect(node(page, 'Print, Folder, 2 items')).toBeVisible()
  await expect(node(page, 'Motif 01').getByRole('img')).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'List View' }).click()
  await expect(page).toHaveURL(/view=list/)
  await page.getByRole('button', { name: 'Size, not sorted' }).click()
  await expect(page).toHaveURL(/sort=-size/)
  await expect(asset).toHaveAccessibleName(/^Motif|^Plakat/)
  await page.getByRole('button', { name: 'Size, descending' }).click()
  await expect(asset).toHaveAccessibleName(/^Brief\.txt/)
  await page.getByRole('button', { name: 'Name, not sorted' }).click()
  await expect(asset).toHaveAccessibleName(/^Brief\.txt/)
  await expectAccessible(page)

  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('motif 1')
  await expect(grid).toHaveAttribute('aria-rowcount', '10')
  await expect(page).toHaveURL(/filter=motif/)
  // What stands in the address is there again.
  await page.reload()
  await expect(grid).toHaveAttribute('aria-rowcount', '10')
  await expect(page.getByRole('searchbox')).toHaveValue('motif 1')
  await page.getByRole('searchbox').fill('no such')
  await expect(page.getByRole('heading', { name: 'Nothing here has “no such” in its name' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('main').getByRole('button', { name: 'Clear the filter' }).last().click()
  await expect(grid).toHaveAttribute('aria-rowcount', '27')

  // Another folder is looked at in the same way, also after the browser was closed.
  await page.goto(`${house.url}/files`)
  await expect(page.getByRole('button', { name: 'List View' })).toHaveAttribute('aria-pressed', 'true')
})

test('the focus goes into a folder, and back to where one came from', async ({ page, house }) => {
  await openFolder(page, house, '/Autumn campaign', '?view=list')
  await expect(node(page, 'Print')).toBeVisible()
  await tabTo(page, node(page, 'Print'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Print' })).toBeVisible()
  await expect(node(page, 'Inside, Folder, 1 item')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(node(page, 'Spread.png')).toBeFocused()
  await page.getByRole('link', { name: 'Autumn campaign' }).focus()
  await page.keyboard.press('Enter')
  await expect(node(page, 'Print')).toBeFocused()
  await page.goBack()
  await expect(node(page, 'Spread.png')).toBeVisible()
})

test('one, a range, all, and all but some are selected', async ({ page, house }) => {
  await openFolder(page, house, '/Autumn campaign', '?view=list')
  const chosen = page.getByRole('row', { selected: true })
  await node(page, 'Motif 02').click()
  await expect(chosen).toHaveCount(1)
  await node(page, 'Motif 05').click({ modifiers: ['Shift'] })
  await expect(chosen).toHaveCount(4)
  await page.keyboard.press('Shift+ArrowUp')
  await expect(chosen).toHaveCount(3)
  await node(page, 'Brief').click({ modifiers: ['ControlOrMeta'] })
  await expect(chosen).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expect(chosen).toHaveCount(0)
  await page.keyboard.press('Control+a')
  await expect(node(page, 'Print')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Space')
  await expect(node(page, 'Brief')).toHaveAttribute('aria-selected', 'false')
  await expect(page.getByRole('checkbox', { name: 'Select all' })).toBeChecked({ indeterminate: true })
})

test('a node is renamed in its place, and what is wrong with a name is said there', async ({ page, house }) => {
  await aFolderWith(page, house, 'Renaming', ['Cover.png', 'Other.png'])
  await node(page, 'Cover.png').click()
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: 'New name of Cover.png' })
  await expect(field).toBeFocused()
  await page.keyboard.type('Front/')
  await expect(page.getByText('A name cannot contain / or \\.')).toBeVisible()
  await expectAccessible(page)
  await field.fill('Other.png')
  await page.keyboard.press('Enter')
  await expect(page.getByText('There is something of this name here already. Choose another one.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(node(page, 'Cover.png')).toBeFocused()

  await page.keyboard.press('F2')
  await page.keyboard.type('Zebra')
  await page.keyboard.press('Enter')
  await expect(node(page, 'Zebra.png')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(node(page, 'Cover.png')).toBeVisible()
})

test('a name that somebody else has changed meanwhile is told, and what was typed is kept', async ({ page, house }) => {
  const { ids } = await aFolderWith(page, house, 'Two people', ['Draft.png'])
  await node(page, 'Draft.png').click()
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: 'New name of Draft.png' })
  await field.fill('Mine.png')
  const parent = (await ask(house, 'GET', `/api/v1/nodes/${ids[0]}`))['parent']
  await ask(house, 'POST', `/api/v1/nodes/${ids[0]}/move`, { parent, name: 'Theirs.png' })
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Somebody else has changed this meanwhile: it is called “Theirs.png” now/)).toBeVisible()
  await expect(page.getByRole('grid').getByRole('textbox')).toHaveValue('Mine.png')
  await page.keyboard.press('Enter')
  await expect(node(page, 'Mine.png')).toBeVisible()
})

test('a folder is made, things are moved into it with a picker, and that is undone', async ({ page, house }) => {
  await aFolderWith(page, house, 'Moving', ['A.png', 'B.png', 'C.png'])
  await page.getByRole('button', { name: 'New folder' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('..')
  await expect(dialog.getByText('This cannot be a name.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Chosen')
  await page.keyboard.press('Enter')
  await expect(node(page, 'Chosen, Folder, empty')).toBeFocused()

  await node(page, 'A.png').click()
  await node(page, 'B.png').click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Move to…' }).click()
  await dialog.getByRole('treeitem', { name: 'Moving' }).click()
  await expect(dialog.getByText('It lies in this folder already.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Move here' })).toBeDisabled()
  await expectAccessible(page)
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('treeitem', { name: 'Chosen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Move here' }).click()
  await expect(page.getByText('2 items moved to “Chosen”.')).toBeVisible()
  await expect(node(page, 'A.png')).toBeHidden()
  await expect(node(page, 'Chosen, Folder, 2 items')).toBeVisible()
  const toast = page.locator('.toast', { hasText: '2 items moved to “Chosen”.' })
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(node(page, 'A.png')).toBeVisible()
  await expect(node(page, 'Chosen, Folder, empty')).toBeVisible()
})

test('names that are taken are asked about, and what failed can be found again', async ({ page, house }) => {
  await aFolderWith(page, house, 'Taken names', ['A.png'])
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Copies')
  await page.keyboard.press('Enter')
  await expect(node(page, 'Copies')).toBeFocused()
  await node(page, 'A.png').click()
  await page.keyboard.press('Control+c')
  await node(page, 'Copies').dblclick()
  await expect(page.getByRole('heading', { name: 'This folder is empty' })).toBeVisible()
  await page.keyboard.press('Control+v')
  await expect(node(page, 'A.png')).toBeVisible()
  await page.keyboard.press('Control+v')
  const dialog = page.getByRole('dialog', { name: 'A name is taken there' })
  await expect(dialog.getByText('A.png')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(node(page, 'A \\(2\\)')).toBeVisible()

  await page.getByRole('button', { name: 'Background work' }).click()
  const work = page.getByRole('dialog', { name: 'Background work' })
  await expect(work.getByText('“A.png”: There is something of this name here already.')).toBeVisible()
  await expectAccessible(page)
})

test('things are dragged onto a folder, the path and the tree', async ({ page, house }) => {
  await aFolderWith(page, house, 'Dragging', ['A.png', 'B.png', 'C.png'])
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Inner')
  await page.keyboard.press('Enter')
  await expect(node(page, 'Inner, Folder, empty')).toBeVisible()
  await node(page, 'A.png').dragTo(node(page, 'Inner'))
  await expect(node(page, 'Inner, Folder, 1 item')).toBeVisible()
  await node(page, 'B.png').dragTo(page.getByRole('treeitem', { name: 'Dragging' }))
  await expect(node(page, 'B.png')).toBeVisible()
  await node(page, 'Inner').dblclick()
  await expect(page.getByRole('heading', { level: 1, name: 'Inner' })).toBeVisible()
  await node(page, 'A.png').dragTo(
    page.getByRole('navigation', { name: 'Folder' }).getByRole('link', { name: 'Dragging' }),
  )
  await expect(page.getByRole('heading', { name: 'This folder is empty' })).toBeVisible()
})

test('each folder is a column; the arrow keys lead from one to the next, and facts of an asset stand beside', async ({
  page,
  house,
}) => {
  await openFolder(page, house, '/Autumn campaign', '?view=column')
  const here = page.getByRole('grid', { name: 'What lies in Autumn campaign' })
  await expect(page.getByRole('grid', { name: 'What lies in Files' })).toBeVisible()
  const print = here.getByRole('row', { name: /^Print/ })
  await expect(print).toBeVisible()
  await tabTo(page, print)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { level: 1, name: 'Print' })).toBeVisible()
  const inPrint = page.getByRole('grid', { name: 'What lies in Print' })
  await expect(inPrint.getByRole('row', { name: /^Inside/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Facts about Cover.png' }).getByText('400 × 500')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('ArrowLeft')
  await expect(print).toBeFocused()
  await expect(page).toHaveURL(/view=column/)
})

test('the tree leads to folders, by mouse and by its keys', async ({ page, house }) => {
  await openFolder(page, house, '/Autumn campaign')
  const tree = page.getByRole('tree', { name: 'Folders' })
  const campaign = tree.getByRole('treeitem', { name: 'Autumn campaign' })
  await expect(campaign).toHaveAttribute('aria-selected', 'true')
  await campaign.focus()
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: 'Print' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: 'Print' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Print' })).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: 'Print' })).toBeFocused()
  await expectAccessible(page)
  // What was expanded still is after the page was loaded anew.
  await page.reload()
  await expect(tree.getByRole('treeitem', { name: 'Print' })).toHaveAttribute('aria-selected', 'true')
  await tree.getByRole('treeitem', { name: 'Print' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(campaign).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem', { name: 'Print' })).toBeHidden()
})

test('the menu of a node comes by button, by key and by the second button, and gives the focus back', async ({
  page,
  house,
}) => {
  await aFolderWith(page, house, 'Menus', ['A.png', 'B.png'])
  await node(page, 'A.png').click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'Actions for A.png' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await node(page, 'B.png').click()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: /^Cut/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(node(page, 'B.png')).toBeFocused()
  await node(page, 'B.png').getByRole('button', { name: 'Actions for B.png' }).click()
  await page.getByRole('menuitem', { name: /^Cut/ }).click()
  await expect(page.getByRole('button', { name: 'Move 1 item here' })).toBeVisible()
})

test('whoever may only look is offered nothing else', async ({ page, house }) => {
  const { id } = await aFolderWith(page, house, 'Only looking', ['A.png'])
  const reader = await makeUser(house, 'reader')
  const entries = [{ principal: reader, effect: 'allow', privileges: ['read'] }]
  await ask(house, 'PUT', `/api/v1/nodes/${id}/acl`, { entries })
  await page.context().clearCookies()
  await page.goto(`${house.url}/files/${id}?view=list`)
  await enter(page, 'reader', password)
  await node(page, 'A.png').click()
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Move to…' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'New folder' })).toBeHidden()
  await page.keyboard.press('Delete')
  await page.keyboard.press('F2')
  await expect(page.getByRole('grid').getByRole('textbox')).toBeHidden()
  await expect(node(page, 'A.png')).toBeVisible()
})

/** Makes a folder at the root with small pictures, and opens it as rows. @returns their ids, too */
async function aFolderWith(page: Page, house: House, name: string, pictures: readonly string[]) {
  const parent = '00000000-0000-7000-8000-000000000000'
  const folder = await ask(house, 'POST', '/api/v1/nodes', { parent, kind: 'folder', name })
  const id = String(folder['id'])
  const ids: string[] = []
  for (const [index, picture] of pictures.entries()) {
    ids.push(await putPicture(house, id, picture, aPicture(60, 40, index * 40)))
  }
  await signIn(page, house, `/files/${id}?view=list`)
  await expect(node(page, pictures[0] ?? '')).toBeVisible()
  return { id, ids }
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('nothing is wider than the screen, whatever is selected and asked', async ({ page, house }) => {
    await aFolderWith(page, house, 'Narrow', [
      'A rather long name of a picture that nobody has made shorter.png',
      'B.png',
    ])
    expect(await overflow(page)).toBe(0)
    await page.getByRole('checkbox', { name: 'Select B.png' }).tap()
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Move to…' }).tap()
    await expect(page.getByRole('dialog').getByRole('treeitem', { name: 'Narrow' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Cancel' }).tap()
    await page.getByRole('button', { name: 'Actions for B.png' }).tap()
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
  })
})
