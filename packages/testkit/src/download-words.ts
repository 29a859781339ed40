import { spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { DownloadBody } from '@vitrine/api'
import type { Download, DownloadRequest } from '@vitrine/api/public'
import { expectStatus, type Answer, type Caller } from './caller.ts'
import type { SharedLink } from './share-link-words.ts'

/** Everything, as originals. */
export const everything: DownloadRequest = { items: 'all', originals: true, renditions: [] }

/** Asks for a download as a visitor does. */
export function askForDownload(
  visitor: Caller,
  link: SharedLink,
  wish: object = everything,
  key?: string,
): Promise<Answer> {
  return visitor.post(link.at('/downloads'), wish, key === undefined ? {} : { 'idempotency-key': key })
}

/** Queues a download. */
export async function aDownload(visitor: Caller, link: SharedLink, wish: object = everything): Promise<Download> {
  return expectStatus(await askForDownload(visitor, link, wish), 201).json<Download>()
}

/** The download as its visitor sees it now. */
export async function downloadNow(visitor: Caller, link: SharedLink, { id }: Pick<Download, 'id'>): Promise<Download> {
  return expectStatus(await visitor.get(link.at(`/downloads/${id}`)), 200).json<Download>()
}

/** The download when it is neither queued nor being prepared any more. */
export async function settled(visitor: Caller, link: SharedLink, download: Download): Promise<Download> {
  let now = download
  while (now.state === 'queued' || now.state === 'preparing') {
    await pause(20)
    now = await downloadNow(visitor, link, download)
  }
  return now
}

/** The whole of a part, by its address alone. */
export async function partBytes(anyone: Caller, download: Download, number = 1): Promise<Buffer> {
  const part = download.parts[number - 1]
  if (part === undefined) throw new Error(`a download that is ${download.state} has no part ${number}`)
  return expectStatus(await anyone.get(part.url), 200).bytes
}

/** Paths and contents of an archive, in its order, as Python's zipfile finds them after it has tested every CRC. */
export function unpacked(archive: Buffer): Record<string, string> {
  const script = `import sys, io, json, zipfile
z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert z.testzip() is None
print(json.dumps({i.filename: z.read(i).decode('latin-1') for i in z.infolist()}))`
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input: archive })
  if (status !== 0) throw new Error(`Python could not open the archive: ${stderr.toString()}`)
  const latin = JSON.parse(stdout.toString()) as Record<string, string>
  return Object.fromEntries(
    Object.entries(latin).map(([path, content]) => [path, Buffer.from(content, 'latin1').toString('utf8')]),
  )
}

/** Queues a download of one's own: these nodes as originals, unless it is said otherwise. */
export async function anOwnDownload(user: Caller, nodes: unknown, more: object = {}): Promise<DownloadBody> {
  const body = { nodes, originals: true, renditions: [], ...more }
  return expectStatus(await user.post('/api/v1/downloads', body), 201).json<DownloadBody>()
}

/** The download as its user sees it now. */
export async function ownDownloadNow(user: Caller, { id }: Pick<Download, 'id'>): Promise<DownloadBody> {
  return expectStatus(await user.get(`/api/v1/downloads/${id}`), 200).json<DownloadBody>()
}
