import { ask, expect, expectAccessible, makeUser, password, signIn, test } from './house.ts'
import { aFolder, allow, aVisitor, enterAs, row, statusOf } from './sharing.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

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
