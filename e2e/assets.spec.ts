import type { Locator, Page } from '@playwright/test'
import { aPicture } from './a-picture.ts'
import { ask, enter, expect, expectAccessible, makeUser, password, signIn, test, type House } from './house.ts'
import { aFolder } from './sharing.ts'

const row = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(`^${name}`) })
const title = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true })
const preview = (page: Page, name: string): Locator => page.getByRole('img', { name, exact: true })

interface Found {
  readonly id: string
  readonly parent: string
}

async function nodeAt(house: House, path: string): Promise<Found> {
  const node = await ask(house, 'GET', `/api/v1/nodes?path=${encodeURIComponent(path)}`)
  return { id: String(node['id']), parent: String(node['parent']) }
}

/** Puts bytes there as `admin`: a new asset, or a version of one that is there. */
async function put(house: House, folder: string, name: string, content: Buffer): Promise<string> {
  const answer = await fetch(
    `${house.url}/api/v1/nodes/${folder}/assets?conflict=version&name=${encodeURIComponent(name)}`,
    {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` },
      body: new Uint8Array(content),
    },
  )
  expect(answer.ok).toBe(true)
  return ((await answer.json()) as { id: string }).id
}

/** Opens a picture from the folder that was imported. */
async function openAsset(page: Page, house: House, name: string): Promise<void> {
  const { id } = await nodeAt(house, '/Autumn campaign')
  await signIn(page, house, `/files/${id}`)
  await row(page, name).press('Enter')
  await expect(title(page, name)).toBeVisible()
}

test('a picture is enlarged, moved and seen whole again', async ({ page, house }) => {
  await openAsset(page, house, 'Motif 01.png')
  await expect(preview(page, 'Motif 01.png')).toHaveJSProperty('complete', true)
  await expect(page.getByText('1,490 × 1,000').first()).toBeVisible()
  await expectAccessible(page)
  const scale = page.getByRole('group', { name: 'Zoom' }).getByRole('status')
  await page.getByRole('button', { name: '100 %' }).click()
  await expect(scale).toHaveText(/^100\s?%$/)
  const before = await preview(page, 'Motif 01.png').boundingBox()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(async () => (await preview(page, 'Motif 01.png').boundingBox())?.x).not.toBe(before?.x)
  await page.getByRole('button', { name: 'Fit' }).click()
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled()
})

test('one turns over by keys and by the filmstrip, and comes back to where one was', async ({ page, house }) => {
  await openAsset(page, house, 'Motif 02.png')
  const strip = page.getByRole('navigation', { name: 'Assets of this folder' })
  await expect(strip.getByRole('link', { name: 'Motif 02.png' })).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('ArrowRight')
  await expect(title(page, 'Motif 03.png')).toBeVisible()
  await strip.getByRole('link', { name: 'Motif 05.png' }).click()
  await expect(title(page, 'Motif 05.png')).toBeVisible()
  await expect(strip.getByRole('link', { name: 'Motif 05.png' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(title(page, 'Motif 04.png')).toBeVisible()
  await expect(strip.getByRole('link', { name: 'Motif 04.png' })).toBeFocused()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(title(page, 'Motif 05.png')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: 'Autumn campaign' })).toBeVisible()
  await expect(row(page, 'Motif 05.png')).toBeFocused()
})

test('the order and the filter of the folder are kept', async ({ page, house }) => {
  const { id } = await nodeAt(house, '/Autumn campaign/Motif 11.png')
  await signIn(page, house, `/assets/${id}?sort=-name&filter=motif%201`)
  await expect(page.getByText('9 of 10')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(title(page, 'Motif 10.png')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/files\/[-0-9a-f]+\?sort=-name/)
  await expect(row(page, 'Motif 10.png')).toBeVisible()
})

test('what has no preview says so, and shows its type', async ({ page, house }) => {
  await openAsset(page, house, 'Brief.txt')
  await expect(page.getByRole('heading', { name: 'No preview' })).toBeVisible()
  await expect(page.getByText('There is no preview for this kind of file.')).toBeVisible()
  await page.getByRole('tab', { name: 'Renditions' }).click()
  const list = page.getByRole('list', { name: 'Files of this asset' })
  const arriving = page.waitForEvent('download')
  await list.getByRole('link', { name: 'Download Original' }).click()
  expect((await arriving).suggestedFilename()).toBe('Brief.txt')
  await expectAccessible(page)
})

test('properties are told, and the checksum is copied', async ({ page, house }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openAsset(page, house, 'Motif 06.png')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await expect(panel.getByText('/Autumn campaign')).toBeVisible()
  await expect(panel.getByText('PNG (image/png)')).toBeVisible()
  const sha256 = await panel.getByText(/^[0-9a-f]{64}$/).textContent()
  await panel.getByRole('button', { name: 'Copy SHA-256' }).click()
  await expect(panel.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sha256)
  // Of another one nothing has been copied yet.
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(title(page, 'Motif 07.png')).toBeVisible()
  await expect(panel.getByText(sha256 ?? '')).toBeHidden()
  await expect(panel.getByText('Copied')).toBeHidden()
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
  })
  await panel.getByRole('button', { name: 'Copy SHA-256' }).click()
  await expect(panel.getByText('The browser did not let this page copy it.')).toBeVisible()
})

test('versions are uploaded, compared, restored, and that is undone', async ({ page, house }) => {
  const folder = await aFolder(house, 'Versions')
  const id = await put(house, folder, 'Logo.png', aPicture(600, 400, 20))
  await signIn(page, house, `/assets/${id}?show=versions`)
  const versions = page.getByRole('list', { name: 'Versions, the newest first' })
  await expect(versions.getByRole('listitem')).toHaveCount(1)
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload new version' }).click()
  await (await choosing).setFiles({ name: 'new.png', mimeType: 'image/png', buffer: aPicture(640, 420, 200) })
  await expect(page.getByText('The new version of “Logo.png” is here.')).toBeVisible()
  await expect(versions.getByRole('listitem')).toHaveCount(2)
  await expect(versions.getByRole('listitem').first()).toContainText('Current')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Compare version 1 with the current one' }).click()
  const compared = page.getByRole('region', { name: 'Compare versions' })
  await expect(preview(page, 'Version 1')).toBeVisible()
  await expect(preview(page, 'Version 2, current')).toBeVisible()
  await expectAccessible(page)
  const widthOf = async (name: string) => Math.round((await preview(page, name).boundingBox())?.width ?? 0)
  const whole = await widthOf('Version 1')
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(() => widthOf('Version 1')).toBeGreaterThan(whole)
  expect(await widthOf('Version 1')).toBe(await widthOf('Version 2, current'))
  await compared.getByRole('button', { name: 'Overlay' }).click()
  const slider = compared.getByRole('slider', { name: 'How much of the earlier version is shown' })
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveValue('49')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'End comparing' }).click()
  await expect(preview(page, 'Logo.png')).toBeVisible()

  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(page.getByText('Version 1 is the current one again, as version 3.')).toBeVisible()
  await expect(versions.getByRole('listitem')).toHaveCount(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone: version 2 is the current one again, as version 4.')).toBeVisible()
})

test('a version of somebody else in between is not lost under one’s own', async ({ page, house }) => {
  const folder = await aFolder(house, 'Both')
  const id = await put(house, folder, 'Both.png', aPicture(300, 200, 20))
  await signIn(page, house, `/assets/${id}?show=versions`)
  await expect(page.getByRole('button', { name: 'Upload new version' })).toBeVisible()
  // What others change is told at once; here the telling is late.
  await page.route('**/api/v1/events', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('button', { name: 'Upload new version' })).toBeVisible()
  await put(house, folder, 'Both.png', aPicture(300, 200, 120))
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload new version' }).click()
  await (await choosing).setFiles({ name: 'mine.png', mimeType: 'image/png', buffer: aPicture(300, 200, 220) })
  await expect(page.getByText(/your file was not stored/)).toBeVisible()
  const versions = page.getByRole('list', { name: 'Versions, the newest first' })
  await expect(versions.getByRole('listitem')).toHaveCount(2)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Upload it anyway' }).click()
  await expect(versions.getByRole('listitem')).toHaveCount(3)
})

test('where it is shared is told', async ({ page, house }) => {
  const { id, parent } = await nodeAt(house, '/Autumn campaign/Motif 20.png')
  await ask(house, 'POST', '/api/v1/share-links', { targets: [parent], title: 'For the agency' })
  await ask(house, 'POST', '/api/v1/share-links', { targets: [id], title: 'One motif' })
  await signIn(page, house, `/assets/${id}?show=sharing`)
  const links = page.getByRole('list', { name: 'Share links that show this' })
  await expect(links.getByRole('listitem')).toHaveCount(2)
  await expect(links.getByRole('listitem').filter({ hasText: 'For the agency' })).toContainText(
    'through “Autumn campaign”',
  )
  await expect(links.getByRole('listitem').filter({ hasText: 'One motif' })).toContainText('this asset itself')
  await expectAccessible(page)
})

test('it is put into the trash and taken back; what others put there says so', async ({ page, house }) => {
  const folder = await aFolder(house, 'Going')
  const [first, second] = [
    await put(house, folder, 'a.png', aPicture(200, 100, 20)),
    await put(house, folder, 'b.png', aPicture(200, 100, 90)),
  ]
  await signIn(page, house, `/assets/${first}`)
  await expect(page.getByText('1 of 2')).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Put into the trash' }).click()
  await expect(title(page, 'b.png')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(title(page, 'a.png')).toBeVisible()
  await expect(page.getByText('1 of 2')).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Put into the trash' }).click()
  await expect(title(page, 'b.png')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(title(page, 'a.png')).toBeVisible()

  await ask(house, 'POST', `/api/v1/nodes/${first}/trash`)
  await expect(page.getByRole('heading', { name: '“a.png” is not here any more' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go on to “b.png”' }).click()
  await expect(title(page, 'b.png')).toBeVisible()
  expect(page.url()).toContain(second)
})

test('who may only look is offered no more', async ({ page, house }) => {
  await makeUser(house, 'vera')
  const { items } = (await ask(house, 'GET', '/api/v1/users?name=vera')) as { items: { id: string; name: string }[] }
  const vera = items.find(({ name }) => name === 'vera')?.id
  const folder = await aFolder(house, 'To look at')
  const id = await put(house, folder, 'Look.png', aPicture(300, 200, 20))
  await ask(house, 'PUT', `/api/v1/nodes/${id}/acl`, {
    entries: [{ principal: vera, effect: 'allow', privileges: ['read'] }],
  })
  await page.goto(`${house.url}/assets/${id}?show=versions`)
  await enter(page, 'vera', password)
  await expect(title(page, 'Look.png')).toBeVisible()
  await expect(page.getByText(/^Version 1/).first()).toBeVisible()
  for (const name of ['Upload new version', 'More', 'Download']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden()
  }
  await page.getByRole('tab', { name: 'Renditions' }).click()
  await expect(page.getByText('Web image')).toBeVisible()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await expect(panel.getByRole('link', { name: /^Download/ })).toHaveCount(0)
})

test('on a narrow screen, in the dark, by keyboard', async ({ page, house }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await openAsset(page, house, 'Motif 07.png')
  await expect(preview(page, 'Motif 07.png')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Details' }).focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Details' })
  await expect(sheet.getByText('PNG (image/png)')).toBeVisible()
  await sheet.getByRole('tab', { name: 'Properties' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(sheet.getByRole('list', { name: 'Files of this asset' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(page.getByRole('button', { name: 'Details' })).toBeFocused()
})
