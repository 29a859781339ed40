import { enter, expect, expectAccessible, makeUser, password, test } from './house.ts'

// The admin's password is printed at the first start.
test.use({ environment: {} })
// The second journey begins where the first has led.
test.describe.configure({ mode: 'serial' })

test('whoever starts Vitrine signs in with the printed password, and has to choose another one', async ({
  page,
  house,
}) => {
  const printed = house.firstPassword ?? ''
  await page.goto(`${house.url}/settings/sessions`)
  await enter(page, 'admin', printed)
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible()
  await expectAccessible(page)

  // No address leads around it.
  await page.goto(`${house.url}/files`)
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible()

  const choose = page.getByRole('button', { name: 'Set the password and go on' })
  await page.getByRole('textbox', { name: 'Present password' }).fill('not it at all')
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill('short')
  await page.getByRole('textbox', { name: 'New password again' }).fill('other')
  await expect(page.getByText('This is not the same as above.')).toBeVisible()
  await expect(choose).toBeDisabled()
  await page.getByRole('textbox', { name: 'New password again' }).fill('short')
  await choose.click()
  await expect(page.getByText('it needs at least 8 characters')).toBeVisible()
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill(password)
  await page.getByRole('textbox', { name: 'New password again' }).fill(password)
  await choose.click()
  await expect(page.getByText('This is not your present password.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Present password' }).fill(printed)
  await choose.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
})

test('a person whom an administrator has given a password is led through the same door', async ({ page, house }) => {
  await makeUser(house, 'nora', { displayName: 'Nora', passwordMustChange: true })
  await page.goto(`${house.url}/settings/sessions`)
  await enter(page, 'nora', password)
  await expect(page.getByText('Welcome, Nora.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Present password' }).fill(password)
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill(password)
  await page.getByRole('textbox', { name: 'New password again' }).fill(password)
  await page.getByRole('button', { name: 'Set the password and go on' }).click()
  await expect(page.getByText('This is the password that you have already.')).toBeVisible()
  await page.getByRole('textbox', { name: 'New password', exact: true }).fill(`${password} staple`)
  await page.getByRole('textbox', { name: 'New password again' }).fill(`${password} staple`)
  await page.getByRole('button', { name: 'Set the password and go on' }).click()
  await expect(page.getByRole('heading', { name: 'Sessions', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/settings\/sessions$/)
})
