import type { Page } from '@playwright/test'
import {
  enter,
  expect,
  expectAccessible,
  makeUser,
  overflow,
  password,
  signIn,
  tabTo,
  test,
  type House,
} from './house.ts'

test('a profile is changed, and follows its person into another browser', async ({ page, house, browser }) => {
  await makeUser(house, 'lea', { displayName: 'Lea' })
  await enterAs(page, house, 'lea', '/settings/profile')
  await page.getByRole('textbox', { name: 'Name' }).fill('Lea Brandt')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('You are now called Lea Brandt.')).toBeVisible()
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark')
  await expectAccessible(page)
  await page.getByRole('button', { name: /Language/ }).click()
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expectAccessible(page)

  const other = await browser.newContext()
  const second = await other.newPage()
  await enterAs(second, house, 'lea', '/files')
  await expect(second.getByRole('heading', { level: 1, name: 'Dateien' })).toBeVisible()
  await expect(second.locator('html')).toHaveAttribute('data-color-scheme', 'dark')
  await expect(second.getByRole('button', { name: 'Konto von Lea Brandt' })).toBeVisible()
  await other.close()
})

test('the appearance is changed in the menu, too', async ({ page, house }) => {
  await makeUser(house, 'mia')
  await enterAs(page, house, 'mia', '/files')
  await page.getByRole('button', { name: 'Account of mia' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark')
  await expect(page.getByRole('heading', { name: 'There is nothing here for you yet' })).toBeVisible()
  await expectAccessible(page)
})

test('an app password is made, shown once, works, and is revoked', async ({ page, house }) => {
  await makeUser(house, 'noah')
  await enterAs(page, house, 'noah', '/settings/app-passwords')
  await expect(page.getByText('You have no app passwords.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Laptop')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'App password for Laptop' })
  const secret = await dialog.getByRole('status', { name: 'App password' }).innerText()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByText('It is on the clipboard.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(secret)).toBeHidden()

  const headers = { authorization: `Basic ${Buffer.from(`noah:${secret}`).toString('base64')}` }
  expect((await fetch(`${house.url}/api/v1/me`, { headers })).status).toBe(200)
  await expect(page.getByText('Laptop', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Revoke Laptop' }).click()
  await expect(page.getByText('The app password “Laptop” is revoked.')).toBeVisible()
  await expect(page.getByText('You have no app passwords.')).toBeVisible()
  expect((await fetch(`${house.url}/api/v1/me`, { headers })).status).toBe(401)

  // What was told can be found again, also after the page was loaded anew.
  await page.reload()
  await page.getByRole('button', { name: /^Notices/ }).click()
  const notices = page.getByRole('dialog', { name: 'Notices' })
  await expect(notices.getByText('The app password “Laptop” is revoked.')).toBeVisible()
  await expectAccessible(page)
})

test('sessions are seen and ended, one by one and all', async ({ page, house, browser }) => {
  await makeUser(house, 'olga')
  const other = await browser.newContext()
  const second = await other.newPage()
  await enterAs(second, house, 'olga', '/settings/sessions')
  await enterAs(page, house, 'olga', '/settings/sessions')
  const list = page.getByRole('list', { name: 'Sessions' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByText('This browser')).toHaveCount(1)
  await expectAccessible(page)
  await list.getByRole('button', { name: /^End the session in .*Linux/ }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await second.reload()
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await enter(second, 'olga', password)
  await expect(second.getByText('This browser')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expectAccessible(page)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await second.reload()
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await other.close()
})

test('a password is changed, and the other sessions end', async ({ page, house }) => {
  await makeUser(house, 'paul')
  await enterAs(page, house, 'paul', '/settings/password')
  await page.getByRole('textbox', { name: 'Present password' }).fill(password)
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill('another horse battery')
  await page.getByRole('textbox', { name: 'New password again' }).fill('another horse battery')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Present password' })).toHaveValue('')
})

test('everything can be done with the keyboard alone', async ({ page, house }) => {
  await signIn(page, house)
  const grid = page.getByRole('grid')
  await expect(page.getByRole('row', { name: /^Autumn campaign, Folder/ })).toBeVisible()
  await page.goto(`${house.url}/files`)
  await expect(grid).toHaveAttribute('aria-rowcount', '1')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await tabTo(page, page.getByRole('row').first())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Autumn campaign' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Folder' })).toHaveText(/Files.*Autumn campaign/)
  await expect(grid).toHaveAttribute('aria-rowcount', '27')
  await expect(page.getByRole('row').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('row', { name: /^Plakat Größe A2\.png/ })).toBeFocused()

  await page.getByRole('link', { name: 'Settings' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
  await page.getByRole('button', { name: 'Account of Administrator' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Profile and settings' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Account of Administrator' })).toBeFocused()
})

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('nothing is wider than the screen, and the sections are within reach', async ({ page, house }) => {
    await signIn(page, house)
    await expect(page.getByRole('row', { name: /^Autumn campaign/ })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    await expectAccessible(page)
    await page.getByRole('row', { name: /^Autumn campaign/ }).tap()
    await expect(page.getByRole('heading', { level: 1, name: 'Autumn campaign' })).toBeVisible()
    expect(await overflow(page)).toBe(0)
    for (const section of ['Profile', 'Password', 'App passwords', 'Sessions']) {
      await page.getByRole('button', { name: 'More', exact: true }).tap()
      await page.getByRole('link', { name: 'Settings' }).tap()
      await page.getByRole('link', { name: section, exact: true }).tap()
      await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible()
      expect([section, await overflow(page)]).toEqual([section, 0])
      await expectAccessible(page)
    }
  })
})

test('an address without a page, and what is not there, say so and lead on', async ({ page, house }) => {
  await signIn(page, house)
  await page.goto(`${house.url}/settings/nothing`)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await page.goto(`${house.url}/files/01900000-0000-7000-8000-000000000000`)
  await expect(page.getByRole('heading', { name: 'This is not there any more, or you may not see it.' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'To the start page' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
})

async function enterAs(page: Page, house: House, name: string, path: string): Promise<void> {
  await page.goto(house.url + path)
  await page.locator('[name=username]').fill(name)
  await page.locator('[name=password]').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).not.toHaveText(/Sign in|Anmelden/)
}
