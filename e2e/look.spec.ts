import { enter, expect, password, signIn, test } from './house.ts'
const out = '/tmp/v/web/shots'
test('look', async ({ page, house }) => {
  await page.goto(house.url + '/settings')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.screenshot({ path: `${out}/signin.png` })
  await enter(page, 'admin', 'wrong password')
  await expect(page.getByRole('alert').filter({ hasText: 'belong' })).toBeVisible()
  await page.screenshot({ path: `${out}/signin-wrong.png` })
  await enter(page, 'admin', password)
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  for (const [name, path] of [['files', '/files'], ['profile', '/settings/profile'], ['password', '/settings/password'], ['app', '/settings/app-passwords'], ['sessions', '/settings/sessions'], ['nowhere', '/files/01900000-0000-7000-8000-000000000000']] as const) {
    await page.goto(house.url + path)
    await page.waitForLoadState('networkidle')
    for (const [mode, w, h] of [['light', 1280, 800], ['dark', 1280, 800], ['narrow', 390, 844], ['mid', 900, 700]] as const) {
      await page.setViewportSize({ width: w, height: h })
      await page.emulateMedia({ colorScheme: mode === 'dark' ? 'dark' : 'light' })
      await page.waitForTimeout(300)
      await page.screenshot({ path: `${out}/${name}-${mode}.png` })
    }
  }
})
