import { ask, enter, expect, expectAccessible, makeUser, overflow, password, signIn, tabTo, test } from './house.ts'
import { aFolder, allow, aVisitor, enterAs, openDialog, row, statusOf } from './sharing.ts'

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

  await dialog.getByRole('button', { name: 'Take what is there now' }).click()
  await expect(dialog.getByText('Saved. It applies to the same link')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('row', { name: /^Second/ })).toBeVisible()
  await ask(house, 'POST', '/api/v1/nodes', { parent: id, kind: 'folder', name: 'Third' })

  await dialog.getByRole('radio', { name: 'Live' }).check({ force: true })
  await expect(dialog.getByRole('button', { name: 'Take what is there now' })).toBeHidden()
  await expect(dialog.getByText('Saved. It applies to the same link')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('row', { name: /^Third/ })).toBeVisible()
  await visitor.context().close()
})

test('what may not be shared is said, by name', async ({ page, house }) => {
  const id = await aFolder(house, 'Not to be shared')
  await makeUser(house, 'vito')
  await allow(house, id, ['vito'], ['read', 'share'])
  // What others change is told at once; here the telling is late.
  await page.route('**/api/v1/events', (route) => route.abort())
  await enterAs(page, house, 'vito', `/files/${id}`)
  const share = page.getByRole('button', { name: 'Share Link' })
  await expect(share).toBeVisible()
  await allow(house, id, ['vito'], ['read'])
  await share.click()
  const dialog = page.getByRole('dialog', { name: 'Link Sharing' })
  await expect(dialog.getByText('Not to be shared is something that you may not share.')).toBeVisible()
  await expectAccessible(page)
  // It is not offered to whoever comes later.
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Not to be shared' })).toBeVisible()
  await expect(share).toBeHidden()
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

test('what one person was about to share is not before the next one', async ({ page, house }) => {
  const id = await aFolder(house, 'Left open')
  await makeUser(house, 'noa')
  await allow(house, id, ['noa'])
  await enterAs(page, house, 'noa', `/files/${id}`)
  await page.getByRole('button', { name: 'Share Link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Link Sharing' })
  await expect(dialog.getByRole('textbox', { name: 'Share Link' })).toHaveValue(/linkshare\.html\?sh=/)
  await page.context().clearCookies()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
  await enter(page, 'admin', password)
  await expect(page.getByRole('heading', { level: 1, name: 'Left open' })).toBeVisible()
  await expect(dialog).toBeHidden()
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
    await aFolder(house, 'Narrow link')
    const dialog = await openDialog(page, house, 'Narrow link')
    await expect(dialog.getByText('Nothing is left out.')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Copy' }).tap()
    await expect(dialog.getByText('Copied. The link works now.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).tap()
    await page.getByRole('link', { name: 'Shared Links' }).tap()
    await expect(row(page, 'Narrow link')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await row(page, 'Narrow link').tap()
    await expect(page.getByRole('dialog', { name: 'Narrow link' }).getByText('Expires in')).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Shared with me' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: 'Shared with me' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
  })
})
