import { createHash, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CDPSession, Page } from '@playwright/test'
import { ask, expect, expectAccessible, makeUser, overflow, password, signIn, test, type House } from './house.ts'
import { aFolder, allow, enterAs } from './sharing.ts'

/** SHA-256 of what lies at a path; undefined: nothing. */
async function hashAt(house: House, path: string): Promise<unknown> {
  const { sha256 } = await ask(house, 'GET', `/api/v1/nodes?path=${encodeURIComponent(path)}`)
  return sha256
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

interface ChosenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const aFile = (name: string, buffer: Buffer): ChosenFile => ({ name, mimeType: 'application/octet-stream', buffer })

/** Files on a disk. @returns their folder */
async function onDisk(folder: string, files: Readonly<Record<string, Buffer>>): Promise<string> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  return folder
}

/** Chooses files as one does: the button, the menu, the browser's dialog. */
async function choose(page: Page, files: readonly ChosenFile[] | readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Files' }).click()
  await (await choosing).setFiles([...files] as ChosenFile[] | string[])
}

test('a file is uploaded, seen in its folder, and is what it was', async ({ page, house }) => {
  const id = await aFolder(house, 'One file')
  await signIn(page, house, `/files/${id}`)
  const bytes = randomBytes(300_000)
  await choose(page, [aFile('Größe 1.bin', bytes)])
  await expect(page.getByText('“Größe 1.bin” is uploaded.')).toBeVisible()
  await expect(page.getByRole('row', { name: /^Größe 1\.bin/ })).toBeVisible()
  expect(await hashAt(house, '/One file/Größe 1.bin')).toBe(hashOf(bytes))
  await page.getByRole('button', { name: 'Uploads' }).click()
  await expect(page.getByRole('dialog', { name: 'Uploads' }).getByText('1 is uploaded')).toBeVisible()
  await expectAccessible(page)
})

test('a large file is hashed beside the page, and compared at its end', async ({ page, house }) => {
  const id = await aFolder(house, 'Large')
  await signIn(page, house, `/files/${id}`)
  const bytes = randomBytes(12_000_000)
  await choose(page, [aFile('large.bin', bytes)])
  await expect(page.getByText('“large.bin” is uploaded.')).toBeVisible()
  expect(await hashAt(house, '/Large/large.bin')).toBe(hashOf(bytes))
})

/** Drops files and folders of the disk on the page, as the system does. */
async function drop(page: Page, ...paths: string[]): Promise<void> {
  await expect(page.getByRole('button', { name: 'Upload', exact: true })).toBeVisible()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
  }
  await expect(page.getByText(/^Drop to upload into /)).toBeVisible()
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 400, y: 400, data })
  await session.detach()
}

/** The network of a page: one session each, as what one sets another does not undo. */
const networks = new WeakMap<Page, Promise<CDPSession>>()

/** Lets only so many bytes leave in a second; none at all: the network is cut. */
async function letThrough(page: Page, uploadThroughput: number): Promise<void> {
  const opening = networks.get(page) ?? page.context().newCDPSession(page)
  networks.set(page, opening)
  const session = await opening
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: uploadThroughput === 0,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  })
}

/** For {@link letThrough}: as many as there are. */
const all = -1

const uploads = (page: Page) => page.getByRole('dialog', { name: 'Uploads' })

async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Uploads/ }).click()
  await expect(uploads(page)).toBeVisible()
}

/** Waits until some of a file is sent, and not all. */
async function inTheMiddle(page: Page, name: string): Promise<void> {
  const bar = uploads(page).getByRole('progressbar', { name: `Progress of ${name}` })
  await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(0.05)
}

test('a folder is dropped: what is empty, has no bytes or an odd name arrives as it is', async ({ page, house }) => {
  const id = await aFolder(house, 'Dropped')
  const files: Record<string, Buffer> = {
    'plain.txt': Buffer.from('plain'),
    'no bytes': Buffer.alloc(0),
    'Ünï 😀 <b>&amp;.txt': randomBytes(2000),
    'deep/er/..dots.. .txt': randomBytes(3000),
    'deep/CON': randomBytes(10),
    'deep/%2e%2e%2f': randomBytes(11),
    "deep/'; drop table nodes;--": randomBytes(12),
  }
  const folder = await onDisk(test.info().outputPath('Shoot'), files)
  await mkdir(join(folder, 'deep/empty/inner'), { recursive: true })
  for (let n = 0; n < 120; n++) await writeFile(join(folder, `deep/er/${n}.txt`), String(n))
  await signIn(page, house, `/files/${id}`)
  await drop(page, folder)
  await expect(page.getByText('128 files are uploaded into Dropped.')).toBeVisible({ timeout: 150_000 })
  for (const [path, bytes] of Object.entries(files)) {
    expect([path, await hashAt(house, `/Dropped/Shoot/${path}`)]).toEqual([path, hashOf(bytes)])
  }
  const empty = await ask(house, 'GET', '/api/v1/nodes?path=/Dropped/Shoot/deep/empty/inner')
  expect(empty['kind']).toBe('folder')
  const many = await ask(house, 'GET', '/api/v1/nodes?path=/Dropped/Shoot/deep/er')
  expect(await ask(house, 'GET', `/api/v1/nodes/${String(many['id'])}/children`)).toMatchObject({ total: 121 })
  await expect(page.getByRole('row', { name: /^Shoot, Folder/ })).toBeVisible()
})

test('a name that is taken is asked about once, for all that have one', async ({ page, house }) => {
  const id = await aFolder(house, 'Taken')
  await signIn(page, house, `/files/${id}`)
  const [first, second] = [randomBytes(1000), randomBytes(1000)]
  const names = ['a.bin', 'b.bin', 'c.bin']
  await choose(
    page,
    names.map((name) => aFile(name, first)),
  )
  await expect(page.getByText('3 files are uploaded into Taken.')).toBeVisible()

  const folder = await onDisk(test.info().outputPath('taken'), {
    'a.bin': first,
    'b.bin': second,
    'c.bin': second,
    'new.bin': second,
  })
  await drop(page, ...[...names, 'new.bin'].map((name) => join(folder, name)))
  const dialog = page.getByRole('dialog', { name: '“a.bin” is there already' })
  // What is free has not waited for the answer.
  await expect(page.getByRole('row', { name: /^new\.bin/ })).toBeVisible()
  await expect(dialog.getByText('Both hold the same bytes.')).toBeVisible()
  await expectAccessible(page)
  await expect(dialog.getByRole('radio', { name: 'Skip it' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Go on' }).click()
  const next = page.getByRole('dialog', { name: '“b.bin” is there already' })
  await next.getByText('Keep both: yours gets another name').click()
  await next.getByText('Also for 1 other, and what else comes of this upload').click()
  await next.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('row', { name: /^c \(2\)\.bin/ })).toBeVisible()
  const hashes = ['a.bin', 'b.bin', 'c.bin', 'b (2).bin', 'c (2).bin'].map((name) => hashAt(house, `/Taken/${name}`))
  expect(await Promise.all(hashes)).toEqual([first, first, first, second, second].map(hashOf))
})

test('a name that cannot be is refused, and another one offered', async ({ page, house }) => {
  const id = await aFolder(house, 'Named')
  await signIn(page, house, `/files/${id}`)
  const bytes = Buffer.from('named')
  await choose(page, [aFile('back\\slash.txt', bytes), aFile('good.txt', bytes), aFile('a\\b.txt', bytes)])
  const dialog = page.getByRole('dialog', { name: 'This name cannot be used' })
  await expect(dialog.getByText('back\\slash.txt')).toBeVisible()
  await expect(page.getByRole('row', { name: /^good\.txt/ })).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Upload it as' }).fill('forward.txt')
  await dialog.getByRole('button', { name: 'Rename and upload' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Upload it as' })).toHaveValue('a_b.txt')
  await dialog.getByRole('button', { name: 'Skip it' }).click()
  await expect(page.getByText('2 files are uploaded into Named.')).toBeVisible()
  expect(await hashAt(house, '/Named/forward.txt')).toBe(hashOf(bytes))
  const there = await ask(house, 'GET', `/api/v1/nodes/${id}/children`)
  expect(there).toMatchObject({ total: 2 })
})

test('whoever uploads where links look is told before', async ({ page, house }) => {
  const id = await aFolder(house, 'Shown')
  for (const title of ['For the press', 'For the agency']) {
    await ask(house, 'POST', '/api/v1/share-links', { targets: [id], title })
  }
  await signIn(page, house, `/files/${id}`)
  await choose(page, [aFile('secret.txt', Buffer.from('secret'))])
  const dialog = page.getByRole('dialog', { name: 'Upload into Shown' })
  await expect(dialog.getByText('What you upload is visible to 2 share links at once')).toBeVisible()
  await expect(dialog.getByRole('listitem')).toHaveText(['For the agency', 'For the press'])
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Do not upload' }).click()
  await expect(dialog).toBeHidden()
  expect(await ask(house, 'GET', `/api/v1/nodes/${id}/children`)).toMatchObject({ total: 0 })
  expect(await ask(house, 'GET', '/api/v1/uploads')).toEqual({ items: [] })

  await choose(page, [aFile('public.txt', Buffer.from('public'))])
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await expect(page.getByText('“public.txt” is uploaded.')).toBeVisible()
})

test('what is under way is paused, goes on, and is cancelled', async ({ page, house }) => {
  const id = await aFolder(house, 'Paused')
  await signIn(page, house, `/files/${id}`)
  await letThrough(page, 400_000)
  const [kept, dropped] = [randomBytes(5_000_000), randomBytes(5_000_000)]
  await choose(page, [aFile('kept.bin', kept), aFile('dropped.bin', dropped)])
  await openPanel(page)
  await inTheMiddle(page, 'kept.bin')
  await inTheMiddle(page, 'dropped.bin')
  await expectAccessible(page)
  await uploads(page).getByRole('button', { name: 'Pause kept.bin' }).click()
  await expect(uploads(page).getByRole('list', { name: 'Paused' }).getByText('kept.bin')).toBeVisible()
  await expectAccessible(page)
  await uploads(page).getByRole('button', { name: 'Cancel dropped.bin' }).click()
  await expect(uploads(page).getByText('1 was cancelled')).toBeVisible()
  await expect.poll(async () => (await ask(house, 'GET', '/api/v1/uploads'))['items']).toHaveLength(1)
  await uploads(page).getByRole('button', { name: 'Go on with kept.bin' }).click()
  await inTheMiddle(page, 'kept.bin')
  await uploads(page).getByRole('button', { name: 'Pause all' }).click()
  await expect(uploads(page).getByText(/· Paused$/)).toBeVisible()
  await letThrough(page, all)
  await uploads(page).getByRole('button', { name: 'Go on', exact: true }).click()
  await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
  expect(await hashAt(house, '/Paused/kept.bin')).toBe(hashOf(kept))
  expect(await ask(house, 'GET', `/api/v1/nodes/${id}/children`)).toMatchObject({ total: 1 })
})

test('the network is cut in the middle, and it goes on where it was', async ({ page, house }) => {
  const id = await aFolder(house, 'Cut')
  await signIn(page, house, `/files/${id}`)
  await letThrough(page, 250_000)
  const bytes = randomBytes(8_000_000)
  await choose(page, [aFile('cut.bin', bytes)])
  await openPanel(page)
  await inTheMiddle(page, 'cut.bin')
  await letThrough(page, 0)
  await expect(page.getByText('The server cannot be reached.', { exact: false })).toBeVisible()
  await letThrough(page, all)
  await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
  expect(await hashAt(house, '/Cut/cut.bin')).toBe(hashOf(bytes))
})

test('the server is restarted in the middle, and it goes on where it was', async ({ page, house }) => {
  const id = await aFolder(house, 'Restarted')
  await signIn(page, house, `/files/${id}`)
  await letThrough(page, 1_000_000)
  const bytes = randomBytes(8_000_000)
  await choose(page, [aFile('restarted.bin', bytes)])
  await openPanel(page)
  await inTheMiddle(page, 'restarted.bin')
  await house.restart(async () => undefined)
  await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
  expect(await hashAt(house, '/Restarted/restarted.bin')).toBe(hashOf(bytes))
})

test('the session ends in the middle: one signs in again, and it goes on', async ({ page, house }) => {
  const id = await aFolder(house, 'Signed out')
  await signIn(page, house, `/files/${id}`)
  await letThrough(page, 1_000_000)
  const bytes = randomBytes(8_000_000)
  await choose(page, [aFile('session.bin', bytes)])
  await openPanel(page)
  await inTheMiddle(page, 'session.bin')
  await uploads(page).getByRole('button', { name: 'Pause all' }).click()
  await ask(house, 'DELETE', '/api/v1/sessions')
  await uploads(page).getByRole('button', { name: 'Go on', exact: true }).click()
  const again = page.getByRole('dialog', { name: /again/ })
  await again.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
  expect(await hashAt(house, '/Signed out/session.bin')).toBe(hashOf(bytes))
})

test('the page is loaded anew in the middle: the same file is chosen again, and only the rest is sent', async ({
  page,
  house,
}) => {
  const id = await aFolder(house, 'Left')
  const [bytes, other] = [randomBytes(8_000_000), randomBytes(8_000_000)]
  const folder = await onDisk(test.info().outputPath('left'), { 'left.bin': bytes, 'gone.bin': other })
  await signIn(page, house, `/files/${id}`)
  await letThrough(page, 800_000)
  await choose(page, [join(folder, 'left.bin'), join(folder, 'gone.bin')])
  await openPanel(page)
  await inTheMiddle(page, 'left.bin')
  await inTheMiddle(page, 'gone.bin')
  let asked = ''
  page.on('dialog', (dialog) => {
    asked = dialog.type()
    void dialog.accept()
  })
  await page.reload()
  expect(asked).toBe('beforeunload')
  await letThrough(page, all)
  await page.getByRole('button', { name: 'Uploads, 2 are unfinished' }).click()
  await expectAccessible(page)
  await uploads(page).getByRole('button', { name: 'Discard gone.bin' }).click()
  await expect(uploads(page).getByRole('button', { name: 'Discard gone.bin' })).toBeHidden()
  const choosing = page.waitForEvent('filechooser')
  await uploads(page).getByRole('button', { name: 'Choose the files again' }).click()
  const before = ((await ask(house, 'GET', '/api/v1/uploads')) as { items: { offset: number }[] }).items
  const sent = page.waitForRequest((request) => request.method() === 'PATCH')
  await (await choosing).setFiles([join(folder, 'left.bin'), join(folder, 'gone.bin')])
  await expect(uploads(page).getByText('1 file is not one of these', { exact: false })).toBeVisible()
  expect((await sent).headers()['upload-offset']).toBe(String(before[0]?.offset))
  await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
  expect(before[0]?.offset).toBeGreaterThan(0)
  expect(await hashAt(house, '/Left/left.bin')).toBe(hashOf(bytes))
  expect(await ask(house, 'GET', '/api/v1/uploads')).toEqual({ items: [] })
})

test('files are pasted', async ({ page, house }) => {
  const id = await aFolder(house, 'Pasted')
  await signIn(page, house, `/files/${id}`)
  await expect(page.getByText('This folder is empty')).toBeVisible()
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['pasted'], 'pasted.txt'))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))
  })
  await expect(page.getByText('“pasted.txt” is uploaded.')).toBeVisible()
  expect(await hashAt(house, '/Pasted/pasted.txt')).toBe(hashOf(Buffer.from('pasted')))
})

test('who may not create there is told so, and can give it up', async ({ page, house }) => {
  await makeUser(house, 'rita')
  const id = await aFolder(house, 'Read only')
  await allow(house, id, ['rita'], ['read', 'create'])
  // What others change is told at once; here the telling is late.
  await page.route('**/api/v1/events', (route) => route.abort())
  await enterAs(page, house, 'rita', `/files/${id}`)
  await expect(page.getByRole('button', { name: 'Upload', exact: true })).toBeVisible()
  await allow(house, id, ['rita'], ['read'])
  await choose(page, [aFile('no.txt', Buffer.from('no')), aFile('neither.txt', Buffer.from('no'))])
  const toast = page.getByText('2 files have not been uploaded; none was.')
  await expect(toast).toBeVisible()
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(uploads(page).getByText('You may not do this.', { exact: false }).first()).toBeVisible()
  await expectAccessible(page)
  await uploads(page).getByRole('button', { name: 'Give up no.txt' }).click()
  await uploads(page).getByRole('button', { name: 'Send all again' }).click()
  await expect(uploads(page).getByRole('list', { name: '1 has failed' }).getByText('neither.txt')).toBeVisible()
})

test.describe('on a narrow screen, in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('it is all within reach, by keyboard alone', async ({ page, house }) => {
    const id = await aFolder(house, 'Narrow uploads')
    await signIn(page, house, `/files/${id}`)
    await choose(page, [aFile('a.txt', Buffer.from('a'))])
    await expect(page.getByText('“a.txt” is uploaded.')).toBeVisible()
    await page.getByRole('button', { name: 'Upload', exact: true }).focus()
    const choosing = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Files' })).toBeFocused()
    await page.keyboard.press('Enter')
    await (await choosing).setFiles([aFile('a.txt', Buffer.from('b'))])
    const dialog = page.getByRole('dialog', { name: '“a.txt” is there already' })
    await expect(dialog).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Tab')
    await expect(dialog.getByRole('radio', { name: 'Add it as a new version' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('radio', { name: /^Keep both/ })).toBeChecked()
    await dialog.getByRole('button', { name: 'Go on' }).focus()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('row', { name: /^a \(2\)\.txt/ })).toBeVisible()
    await page.getByRole('button', { name: 'Uploads' }).focus()
    await page.keyboard.press('Enter')
    await expect(uploads(page).getByText('1 is uploaded')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Uploads' })).toBeFocused()
    expect(await overflow(page)).toBe(0)
  })
})
