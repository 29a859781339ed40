import type { Browser, Locator, Page } from '@playwright/test'
import { ask, enter, expect, expectAccessible, makeUser, password, signIn, test, type House } from './house.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('a folder is shared: its URL is shown at once, and opens from when it is copied', async ({
  page,
  house,
  browser,
}) => {
  await aFolder(house, 'Spring', ['Posters'])
  const dialog = await openDialog(page, house, 'Spring')
  const field = dialog.getByRole('textbox', { name: 'Share Link' })
  await expect(dialog.getByText('This link opens nothing yet.')).toBeVisible()
  await expect(dialog.getByText('2 folders, no assets yet')).toBeVisible()
  await expect(dialog.getByText('Nothing is left out.')).toBeVisible()
  await expect(dialog.getByRole('group', { name: 'Expiration' }).first()).toBeVisible()
  const url = await field.inputValue()
  expect(await statusOf(url)).toBe(404)
  await expectAccessible(page)

  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await statusOf(url)).toBe(200)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)
  await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()
  await expectAccessible(page)

  const visitor = await aVisitor(browser)
  await visitor.goto(url)
  await expect(visitor.getByRole('row', { name: /^Posters/ })).toBeVisible()
  const before = await visitor.getByText(/^Available until /).innerText()

  await dialog.getByRole('button', { name: '1 week' }).click()
  await expect(dialog.getByText('Saved. It applies to the same link')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Spring, for the press')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  await visitor.reload()
  await expect(visitor.getByRole('heading', { level: 1, name: 'Spring, for the press' })).toBeVisible()
  expect(await visitor.getByText(/^Available until /).innerText()).not.toBe(before)
  await visitor.context().close()
})

test('a dialog that is closed again has made nothing; a link that is there is offered', async ({ page, house }) => {
  const id = await aFolder(house, 'Summer')
  const dialog = await openDialog(page, house, 'Summer')
  const url = await dialog.getByRole('textbox', { name: 'Share Link' }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  expect(await statusOf(url)).toBe(404)

  const made = await ask(house, 'POST', '/api/v1/share-links', { targets: [id], title: 'Made before' })
  await page.getByRole('button', { name: 'Share Link' }).click()
  await expect(dialog.getByText('You have a link to the same already: “Made before”.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Use that link' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Share Link' })).toHaveValue(String(made['url']))
  await expect(dialog.getByText('The link works.')).toBeVisible()
})

test('what is shared as it is now stays so when something is added', async ({ page, house, browser }) => {
  const id = await aFolder(house, 'Archive', ['First'])
  const dialog = await openDialog(page, house, 'Archive')
  await dialog.getByRole('radio', { name: 'As it is now' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()
  const visitor = await aVisitor(browser)
  await visitor.goto(await dialog.getByRole('textbox', { name: 'Share Link' }).inputValue())
  await expect(visitor.getByRole('row', { name: /^First/ })).toBeVisible()
  await ask(house, 'POST', '/api/v1/nodes', { parent: id, kind: 'folder', name: 'Second' })
  await visitor.reload()
  await expect(visitor.getByRole('row', { name: /^First/ })).toBeVisible()
  await expect(visitor.getByRole('row')).toHaveCount(1)

  await dialog.getByRole('radio', { name: 'Live' }).check({ force: true })
  await expect(dialog.getByText('Saved. It applies to the same link')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('row', { name: /^Second/ })).toBeVisible()
  await visitor.context().close()
})

test('a clipboard that is not to be had is no end: the link works and is selected', async ({ page, house }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })
  })
  await aFolder(house, 'Refused')
  const dialog = await openDialog(page, house, 'Refused')
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('press Ctrl+C')).toBeVisible()
  const field = dialog.getByRole('textbox', { name: 'Share Link' })
  await expect(field).toBeFocused()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await field.inputValue())
  expect(await statusOf(await field.inputValue())).toBe(200)
})

test('Ctrl+C in the field brings the link to life as well, and its QR code is shown and saved', async ({
  page,
  house,
}) => {
  await aFolder(house, 'By hand')
  const dialog = await openDialog(page, house, 'By hand')
  const field = dialog.getByRole('textbox', { name: 'Share Link' })
  await field.focus()
  await page.keyboard.press('Control+c')
  await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()
  const url = await field.inputValue()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)
  expect(await statusOf(url)).toBe(200)

  await dialog.getByRole('button', { name: 'QR code' }).click()
  await expect(dialog.getByRole('img', { name: 'QR code of the link “By hand”' })).toHaveJSProperty('complete', true)
  await expectAccessible(page)
  for (const kind of ['SVG', 'PNG']) {
    const arriving = page.waitForEvent('download')
    await dialog.getByText(`Save as ${kind}`).click()
    expect((await arriving).suggestedFilename()).toBe(`By hand.${kind.toLowerCase()}`)
  }
})

test('the page is opened as a recipient sees it, and the link is made for that', async ({ page, house }) => {
  await aFolder(house, 'Looked at', ['Shown'])
  const dialog = await openDialog(page, house, 'Looked at')
  const opening = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Open as recipient' }).click()
  const tab = await opening
  await expect(tab.getByRole('row', { name: /^Shown/ })).toBeVisible()
  await expect(dialog.getByText('The link works.')).toBeVisible()
  await expect(dialog.getByRole('link', { name: 'Open as recipient' })).toBeVisible()
  await tab.close()
})

test('nothing that was chosen is lost when somebody else was faster, or the server is away', async ({
  page,
  house,
  context,
}) => {
  await aFolder(house, 'Contested')
  const dialog = await openDialog(page, house, 'Contested')
  await context.setOffline(true)
  await dialog.getByRole('checkbox', { name: 'Allow download of renditions' }).uncheck({ force: true })
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByRole('alert').first()).toContainText('The server cannot be reached.')
  await expect(dialog.getByText('what is in the field opens nothing yet')).toBeVisible()
  await context.setOffline(false)
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()

  const { items } = await ask(house, 'GET', '/api/v1/share-links?search=Contested')
  const [link] = items as readonly { readonly id: string; readonly renditions: boolean }[]
  expect(link?.renditions).toBe(false)
  await ask(house, 'PATCH', `/api/v1/share-links/${link?.id}`, { title: 'Theirs' })
  await dialog.getByRole('checkbox', { name: 'Allow download of original file' }).uncheck({ force: true })
  await expect(dialog.getByText('Somebody else has changed this link meanwhile: Title.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save what I chose' }).click()
  await expect(dialog.getByText('Saved. It applies to the same link')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Theirs')
  await expect(dialog.getByText('Recipients can look at it, and download nothing.')).toBeVisible()
  const now = await ask(house, 'GET', `/api/v1/share-links/${link?.id}`)
  expect([now['title'], now['originals'], now['renditions']]).toEqual(['Theirs', false, false])
})

test('links are found, extended and revoked; every door is seen to be closed', async ({ page, house, browser }) => {
  const id = await aFolder(house, 'Ended', ['Seen'])
  const made = await ask(house, 'POST', '/api/v1/share-links', { targets: [id], title: 'To be ended' })
  await ask(house, 'POST', '/api/v1/share-links', { targets: [id], title: 'To be kept' })
  const visitor = await aVisitor(browser)
  await visitor.goto(String(made['url']))
  await expect(visitor.getByRole('row', { name: /^Seen/ })).toBeVisible()

  await signIn(page, house)
  await page.getByRole('link', { name: 'Shared Links' }).click()
  await expect(row(page, 'To be ended')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('searchbox', { name: 'Search titles' }).fill('to be')
  await expect(page).toHaveURL(/search=to(\+|%20)be/)
  await expect(page.getByRole('row')).toHaveCount(2)

  await row(page, 'To be ended')
    .getByRole('button', { name: /^What can be done/ })
    .click()
  await page.getByRole('menuitem', { name: 'Extend' }).click()
  const extending = page.getByRole('dialog', { name: 'Extend “To be ended”' })
  await expect(extending.getByRole('radio', { name: /^1 week, until / })).toBeChecked()
  await expectAccessible(page)
  await extending.getByRole('button', { name: 'Extend' }).click()
  await expect(page.getByText(/^“To be ended”: Expires in 7 days, on /)).toBeVisible()
  await expect(row(page, 'To be ended')).toHaveAccessibleName(/Expires in 7 days/)

  await row(page, 'To be ended').focus()
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog')
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Revoke' }).click()
  const details = page.getByRole('dialog', { name: 'To be ended' })
  await expect(details.getByText(/^All \d+ doors are closed, checked at \d+:\d\d:\d\d/)).toBeVisible()
  await expect(details.getByRole('cell', { name: /GET \/linkshare\.html\?sh=…/ }).first()).toBeVisible()
  await expectAccessible(page)
  await details.getByRole('button', { name: 'Check again' }).click()
  await expect(details.getByText(/^All \d+ doors are closed/)).toBeVisible()
  await visitor.reload()
  await expect(visitor).toHaveURL(/linkexpired\.html|linkshare\.html/)
  await expect(visitor.getByRole('row')).toHaveCount(0)
  expect(await statusOf(String(made['url']))).toBe(410)

  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
  await page.getByRole('button', { name: /^Revoked \d/ }).click()
  await expect(page.getByRole('row')).toHaveCount(1)
  await page.getByRole('button', { name: /^Suspended \d/ }).click()
  await expect(page.getByRole('heading', { name: 'No title holds “to be”' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(row(page, 'To be kept')).toBeVisible()
  await visitor.context().close()
})

test('a link is handed over: its new holder has it, and its address stays', async ({ page, house, browser }) => {
  const id = await aFolder(house, 'Given away', ['Inside'])
  for (const name of ['rosa', 'sven']) {
    await makeUser(house, name, { displayName: `${name[0]?.toUpperCase()}${name.slice(1)} Example` })
  }
  await allow(house, id, ['rosa', 'sven'])
  const sven = await aVisitor(browser)
  await enterAs(sven, house, 'sven', '/shared-links')
  await expect(sven.getByRole('heading', { name: 'You have shared nothing yet' })).toBeVisible()
  await expectAccessible(sven)

  await enterAs(page, house, 'rosa', `/files/${id}`)
  await page.getByRole('button', { name: 'Share Link' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByText('Copied. The link works now.')).toBeVisible()
  const url = await page.getByRole('textbox', { name: 'Share Link' }).inputValue()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('link', { name: 'Shared Links' }).click()
  await row(page, 'Given away').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hand over “Given away”' })
  await dialog.getByRole('searchbox', { name: 'Search people' }).fill('nobody like that')
  await expect(dialog.getByText('Nobody called “nobody like that” may share')).toBeVisible()
  await dialog.getByRole('searchbox', { name: 'Search people' }).fill('sve')
  await dialog.getByRole('radio', { name: 'Sven Example (sven)' }).check({ force: true })
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await expect(page.getByText('The link “Given away” is handed over.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'You have shared nothing yet' })).toBeVisible()

  await sven.reload()
  await expect(row(sven, 'Given away')).toBeVisible()
  expect(await statusOf(url)).toBe(200)

  await allow(house, id, [])
  await sven.reload()
  await row(sven, 'Given away').click()
  const details = sven.getByRole('dialog', { name: 'Given away' })
  await expect(details.getByText('This link does not open at present.')).toBeVisible()
  await expect(details.getByText('Its holder may not see “Given away” any more.')).toBeVisible()
  await expectAccessible(sven)
  await sven.context().close()
})

test('links for members are found by those for whom they are, and only as long as they work', async ({
  page,
  house,
}) => {
  await makeUser(house, 'tina')
  await enterAs(page, house, 'tina', '/shared-with-me')
  await expect(page.getByRole('heading', { name: 'Nothing is shared with you yet' })).toBeVisible()
  await expectAccessible(page)
  const id = await aFolder(house, 'For members', ['Within'])
  const made = await ask(house, 'POST', '/api/v1/share-links', { targets: [id], audience: 'members' })
  await page.reload()
  await expect(row(page, 'For members')).toBeVisible()
  await expectAccessible(page)
  const opening = page.waitForEvent('popup')
  await row(page, 'For members').press('Enter')
  const tab = await opening
  await expect(tab.getByRole('row', { name: /^Within/ })).toBeVisible()
  await tab.close()
  await page.getByRole('button', { name: 'Copy the link For members' }).click()
  await expect(page.getByText('The link “For members” is on the clipboard.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search titles' }).fill('zebra')
  await expect(page.getByRole('heading', { name: 'No title holds “zebra”' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search titles' }).fill('')
  await expect(row(page, 'For members')).toBeVisible()
  await ask(house, 'POST', `/api/v1/share-links/${String(made['id'])}/revoke`)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Nothing is shared with you yet' })).toBeVisible()
})

test('who may see all links sees those of others', async ({ page, house }) => {
  const id = await aFolder(house, 'Of others')
  await makeUser(house, 'uwe', { displayName: 'Uwe Example' })
  await allow(house, id, ['uwe'])
  const headers = { authorization: `Basic ${Buffer.from(`uwe:${password}`).toString('base64')}` }
  await fetch(`${house.url}/api/v1/share-links`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ targets: [id], title: 'Uwe’s link' }),
  })
  await signIn(page, house, '/shared-links?search=Uwe')
  await expect(page.getByRole('heading', { name: 'No title holds “Uwe”' })).toBeVisible()
  await page.getByRole('switch', { name: 'Links of all people' }).check({ force: true })
  await expect(row(page, 'Uwe’s link')).toBeVisible()
  await expect(row(page, 'Uwe’s link')).toContainText('Uwe Example')
})

test('from the files to a copied link with the keyboard alone', async ({ page, house }) => {
  const id = await aFolder(house, 'By keys')
  await signIn(page, house, `/files/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'By keys' })).toBeVisible()
  const button = page.getByRole('button', { name: 'Share Link' })
  await tabTo(page, button)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copy' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied. The link works now.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeFocused()
  await tabTo(page, page.getByRole('radio', { name: 'Anyone with the link' }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('Saved. It applies to the same link')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(button).toBeFocused()

  await tabTo(page, page.getByRole('link', { name: 'Shared Links' }))
  await page.keyboard.press('Enter')
  await tabTo(page, row(page, 'By keys'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'By keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, 'By keys')).toBeFocused()
  await tabTo(page, page.getByRole('button', { name: 'What can be done with By keys' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'What can be done with By keys' })).toBeFocused()
})

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('nothing is wider than the screen', async ({ page, house }) => {
    await aFolder(house, 'Narrow')
    const dialog = await openDialog(page, house, 'Narrow')
    await expect(dialog.getByText('Nothing is left out.')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Copy' }).tap()
    await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).tap()
    await page.getByRole('link', { name: 'Shared Links' }).tap()
    await expect(row(page, 'Narrow')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await row(page, 'Narrow').tap()
    await expect(page.getByRole('dialog', { name: 'Narrow' }).getByText('Expires in')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Shared with me' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: 'Shared with me' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
  })
})

/** Makes a folder at the root with folders in it. @returns its id */
async function aFolder(house: House, name: string, within: readonly string[] = []): Promise<string> {
  const root = await ask(house, 'GET', '/api/v1/nodes?path=/')
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root['id'], kind: 'folder', name })
  for (const inner of within) await ask(house, 'POST', '/api/v1/nodes', { parent: id, kind: 'folder', name: inner })
  return String(id)
}

/** Lets these people, and no others but administrators, see and share a folder. */
async function allow(house: House, node: string, names: readonly string[]): Promise<void> {
  const people = await Promise.all(names.map((name) => ask(house, 'GET', `/api/v1/users?name=${name}`)))
  const entries = people.map(({ items }) => ({
    principal: (items as readonly { readonly id: string }[])[0]?.id,
    effect: 'allow',
    privileges: ['read', 'download-rendition', 'download-original', 'share'],
  }))
  await ask(house, 'PUT', `/api/v1/nodes/${node}/acl`, { entries })
}

/** Signs in as `admin`, goes to a folder of the root and opens the Link Sharing dialog on it. */
async function openDialog(page: Page, house: House, folder: string): Promise<Locator> {
  await signIn(page, house)
  await page.getByRole('row', { name: new RegExp(`^${folder}, Folder`) }).click()
  await expect(page.getByRole('heading', { level: 1, name: folder })).toBeVisible()
  await page.getByRole('button', { name: 'Share Link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Link Sharing' })
  await expect(dialog.getByRole('textbox', { name: 'Share Link' })).toHaveValue(/linkshare\.html\?sh=/)
  return dialog
}

async function enterAs(page: Page, house: House, name: string, path: string): Promise<void> {
  await page.goto(house.url + path)
  await enter(page, name, password)
}

/** A browser that nobody has signed in with. */
async function aVisitor(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

/** What a stranger's program is answered. */
async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status
}

function row(page: Page, title: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${title},`) })
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
