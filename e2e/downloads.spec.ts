import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, signIn, test, type House } from './house.ts'

/** Opens the folder that was imported, and its question what to download. */
async function openDialog(page: Page, house: House) {
  await signIn(page, house)
  await page.getByRole('row', { name: /^Autumn campaign/ }).dblclick()
  await expect(page.getByRole('heading', { level: 1, name: 'Autumn campaign' })).toBeVisible()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Download' })
  await expect(dialog.getByText(/^\d+ files, /)).toBeVisible()
  return dialog
}

test('a folder is downloaded, its size known before', async ({ page, house }) => {
  const dialog = await openDialog(page, house)
  await expectAccessible(page)
  const arriving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download', exact: true }).click()
  const download = await arriving
  expect(download.suggestedFilename()).toBe('Autumn campaign.zip')
  expect(execFileSync('unzip', ['-tq', await download.path()], { encoding: 'utf8' })).toContain('No errors detected')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Open inbox' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Download Inbox' })).toBeVisible()
  const newest = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Autumn campaign' }) })
  await expect(newest.first().getByText('Ready', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('what is chosen changes the size, and nothing cannot be queued', async ({ page, house }) => {
  const dialog = await openDialog(page, house)
  await dialog.getByRole('checkbox', { name: 'Original files' }).uncheck({ force: true })
  await expect(dialog.getByText('Choose at least one kind of file.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Queue Download' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /^Thumbnail/ }).check({ force: true })
  await dialog.getByRole('radio', { name: 'No folders' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Queue Download' }).click()
  await expect(dialog).toBeHidden()
  await page.goto(`${house.url}/downloads`)
  const newest = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2 }) })
    .first()
  await expect(newest.getByText('Ready', { exact: true })).toBeVisible()
})

test('by keyboard alone, on a narrow screen, in the dark', async ({ page, house }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  const dialog = await openDialog(page, house)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  const button = page.getByRole('button', { name: 'Download', exact: true })
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Queue Download' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
})
