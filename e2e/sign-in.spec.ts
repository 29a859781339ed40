import type { Page } from '@playwright/test'
import { ask, enter, expect, expectAccessible, makeUser, password, signIn, test, type House } from './house.ts'

test('whoever is not signed in is asked to, and comes where they wanted', async ({ page, house }) => {
  await page.goto(`${house.url}/settings/app-passwords`)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await expect(page).toHaveTitle('Sign in – Vitrine')
  await expectAccessible(page)

  await enter(page, 'admin', 'wrong')
  await expect(page.getByRole('alert').getByText('Name and password do not belong together.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'App passwords' })).toBeVisible()
  await expect(page).toHaveURL(`${house.url}/settings/app-passwords`)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeHidden()
})

test('nobody is led to another site after signing in', async ({ page, house }) => {
  for (const to of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:1',
  ]) {
    await page.context().clearCookies()
    await page.goto(`${house.url}/sign-in?to=${encodeURIComponent(to)}`)
    await enter(page, 'admin', password)
    await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
    await expect(page).toHaveURL(`${house.url}/files`)
  }
})

test('who has tried too often is told how long to wait', async ({ page, house }) => {
  await makeUser(house, 'theo')
  await page.goto(`${house.url}/sign-in`)
  await page.route('**/api/v1/sessions', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '3', 'content-type': 'application/problem+json' },
      body: JSON.stringify({ code: 'request/too-many', status: 429, detail: 'Too many.', requestId: 'x' }),
    }),
  )
  await enter(page, 'theo', 'wrong')
  await expect(page.getByText(/Too many wrong attempts from here. Try again in \d seconds?\./)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Wait \d seconds?$/ })).toBeDisabled()
  await expectAccessible(page)
  await page.unroute('**/api/v1/sessions')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
})

test('a session that has ended is begun anew without losing what was entered', async ({ page, house }) => {
  await makeUser(house, 'ines', { displayName: 'Ines' })
  await signInAs(page, house, 'ines', '/settings/profile')
  const field = page.getByRole('textbox', { name: 'Name' })
  await field.fill('Ines Vogt')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(dialog.getByText('Ines, your session has ended.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Password' }).fill('wrong')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Name and password do not belong together.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('You are now called Ines Vogt.')).toBeVisible()
  await expect(field).toHaveValue('Ines Vogt')
})

test('whoever is asked to sign in again may leave it to somebody else', async ({ page, house }) => {
  await makeUser(house, 'jan')
  await signInAs(page, house, 'jan', '/settings/profile')
  await page.getByRole('textbox', { name: 'Name' }).fill('Jan T.')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await enter(page, 'admin', password)
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Administrator')
})

test('signing out ends the session and forgets what was shown', async ({ page, house }) => {
  await signIn(page, house)
  await page.getByRole('button', { name: 'Account of Administrator' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goto(`${house.url}/files`)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('a restart of the server is waited for, and the page goes on', async ({ page, house }) => {
  await signIn(page, house, '/settings/profile')
  const lost = page.getByText('The server cannot be reached. This page goes on by itself')
  await house.restart(async () => {
    await page.getByRole('link', { name: 'Sessions' }).click()
    await expect(lost).toBeVisible()
    await expectAccessible(page)
  })
  await expect(page.getByText('This browser')).toBeVisible()
  await expect(lost).toBeHidden()
})

test('a link for members leads to the sign-in, and back to itself', async ({ page, house }) => {
  const folder = await ask(house, 'GET', '/api/v1/nodes?path=/Autumn%20campaign')
  const made = await ask(house, 'POST', '/api/v1/share-links', { targets: [folder['id']], audience: 'members' })
  await page.goto(String(made['url']))
  await expect(page.getByRole('heading', { name: 'Sign in to open this' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await enter(page, 'admin', password)
  await expect(page.getByRole('heading', { level: 1, name: 'Autumn campaign' })).toBeVisible()
  // The page then goes into the one folder that the link shows.
  expect(page.url().startsWith(String(made['url']))).toBe(true)
})

async function signInAs(page: Page, house: House, name: string, path: string): Promise<void> {
  await page.goto(house.url + path)
  await enter(page, name, password)
  await expect(page.getByRole('navigation', { name: 'Sections', exact: true })).toBeVisible()
}
