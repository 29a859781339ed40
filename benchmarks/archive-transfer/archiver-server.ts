// Streams the files of each blob folder named on the command line with npm archiver, stored, at /<number>.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { ZipArchive } from 'archiver'

const folders = process.argv.slice(2).map((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ path: join(entry.parentPath, entry.name), name: entry.name })),
)

const server = createServer((request, response) => {
  const files = folders[Number(request.url?.slice(1))]
  if (!files) {
    response.writeHead(404).end()
    return
  }
  const archive = new ZipArchive({ store: true })
  response.on('close', () => archive.abort())
  response.writeHead(200, { 'content-type': 'application/zip', connection: 'close' })
  response.useChunkedEncodingByDefault = false
  archive.pipe(response)
  for (const file of files) archive.file(file.path, { name: file.name })
  void archive.finalize()
})
process.on('uncaughtException', () => undefined) // a client that goes away in the middle
server.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = server.address()
  process.stdout.write(`ready ${typeof address === 'object' ? address?.port : ''}\n`)
})
