import { createHash, randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { ask, expect, expectAccessible, signIn, test, type House } from './house.ts'

/** A folder below the root, of its own for each journey. */
async function aFolder(house: House, name: string): Promise<string> {
  const root = await ask(house, 'GET', '/api/v1/nodes?path=/')
  const { id } = await ask(house, 'POST', '/api/v1/nodes', { parent: root['id'], kind: 'folder', name })
  return String(id)
}

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

/** Chooses files as one does: the button, the menu, the browser's dialog. */
async function choose(page: Page, files: readonly ChosenFile[]): Promise<void> {
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Files' }).click()
  await (await choosing).setFiles([...files])
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
  const bytes = randomBytes(30_000_000)
  await choose(page, [aFile('large.bin', bytes)])
  await expect(page.getByText('“large.bin” is uploaded.')).toBeVisible()
  expect(await hashAt(house, '/Large/large.bin')).toBe(hashOf(bytes))
})
