// Serves each manifest named on the command line as an archive at /<number>. Arguments: (MANIFEST BLOBS)…
import { openSync, readSync, fstatSync } from 'node:fs'
import { createServer } from 'node:http'
import {
  decodeManifestIndex,
  indexRangeOf,
  MANIFEST_FOOTER_LENGTH,
  type ManifestIndex,
  PageCache,
  type PageSource,
} from '@vitrine/zip'
import { blobPathsIn, type ContentPath } from '@vitrine/server/downloads/transfer/blob-paths'
import { partSource } from '@vitrine/server/downloads/transfer/byte-sources'
import { sendBytes } from '@vitrine/server/downloads/transfer/send-bytes'

interface OpenManifest {
  readonly index: ManifestIndex
  readonly pages: PageSource
  readonly pathOf: ContentPath
}

const cache = new PageCache(32 * 2 ** 20)

function openManifest(path: string, blobs: string): OpenManifest {
  const fd = openSync(path, 'r')
  const { size } = fstatSync(fd)
  const read = (start: number, end: number) => {
    const bytes = Buffer.alloc(end - start)
    readSync(fd, bytes, 0, bytes.length, start)
    return bytes
  }
  const at = indexRangeOf(read(size - MANIFEST_FOOTER_LENGTH, size))
  const index = decodeManifestIndex(read(at.start, at.end))
  const pages = cache.source(path, index, async (start, end) => read(start, end))
  return { index, pages, pathOf: blobPathsIn(blobs) }
}

const manifests: OpenManifest[] = []
for (let i = 2; i + 1 < process.argv.length; i += 2) {
  manifests.push(openManifest(process.argv[i] ?? '', process.argv[i + 1] ?? ''))
}

const server = createServer((request, response) => {
  const manifest = manifests[Number(request.url?.slice(1))]
  const part = manifest?.index.parts[0]
  if (!manifest || !part) {
    response.writeHead(404).end()
    return
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const start = range ? Number(range[1]) : 0
  const end = range ? Math.min(Number(range[2]) + 1, part.byteLength) : part.byteLength
  const source = partSource(part, manifest.index, manifest.pages, manifest.pathOf)
  void sendBytes(response, {
    status: range ? 206 : 200,
    headers: { 'content-type': 'application/zip', etag: part.etag, 'accept-ranges': 'bytes' },
    start,
    end,
    source,
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address()
  process.stdout.write(`ready ${typeof address === 'object' ? address?.port : ''}\n`)
})
