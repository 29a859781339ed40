import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { expectAccessible, overflow, watchRules } from './journey.ts'
import { aCampaign, openHouse, type House } from './product.ts'

/** The password of everybody in these journeys. */
export const password = 'correct horse battery'

/** A test of the signed-in application, with a page that may break no rule unnoticed. */
export const test = base.extend<{ clean: undefined }, { environment: Record<string, string>; house: House }>({
  environment: [{ VITRINE_ADMIN_PASSWORD: password }, { option: true, scope: 'worker' }],
  house: [
    async ({ environment }, use) => {
      await using house = await openHouse(aCampaign(), environment)
      await use(house)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  clean: [
    async ({ page, house }, use) => {
      const wrongs = watchRules(page, house.url)
      await use(undefined)
      expect(wrongs).toEqual([])
    },
    { auto: true },
  ],
})

export { expect, expectAccessible, overflow, watchRules, type House }

/** Fills in the sign-in page, and sends it. */
export async function enter(page: Page, name: string, secret: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in as `admin` and goes to an address of the application. */
export async function signIn(page: Page, house: House, path = '/files'): Promise<void> {
  await page.goto(house.url + path)
  await enter(page, 'admin', password)
  await expect(page.getByRole('navigation', { name: 'Sections', exact: true })).toBeVisible()
}

/** Presses Tab until something has the focus; at once where it has. @throws when it is not reached */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

/** Makes a user over HTTP, as `admin`. @returns their id */
export async function makeUser(
  house: House,
  name: string,
  more: { readonly displayName?: string; readonly passwordMustChange?: boolean } = {},
): Promise<string> {
  return String((await ask(house, 'POST', '/api/v1/users', { name, password, ...more }))['id'])
}

/** Asks the API as `admin`. @returns what it answers @throws when it refuses */
export async function ask(
  house: House,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(house.url + path, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** Puts an asset into a folder over HTTP, as `admin`. @returns its id */
export async function putPicture(house: House, folder: string, name: string, content: Buffer): Promise<string> {
  const answer = await fetch(`${house.url}/api/v1/nodes/${folder}/assets?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
      'content-type': 'image/png',
    },
    body: new Uint8Array(content),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}
