import { connect } from 'node:net'

/** What came back on a connection, read to its end. */
export interface RawAnswer {
  /** 0 when it was closed without an answer. */
  readonly status: number
  /** Names in lower case; of a repeated one the last. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** All of it, as it came. */
  readonly text: string
}

/** What to send beside the request line. */
export interface RawSending {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Sends one request byte by byte as it is written here: no client puts the target in order first.
 *
 * @param server `http://host:port`
 * @param target what stands between the method and `HTTP/1.1`
 */
export function rawRequest(
  server: string,
  method: string,
  target: string,
  sending: RawSending = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(server)
  const { headers = {}, body } = sending
  const all = {
    host: 'dam.example',
    connection: 'close',
    ...(body !== undefined && {
      'content-length': String(Buffer.byteLength(body)),
      'content-type': 'application/json',
    }),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const request = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(Buffer.from(request, 'latin1')))
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server hangs up on what it does not read to its end.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => resolve(parsed(Buffer.concat(chunks).toString('utf8'))))
  })
}

function parsed(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = text.slice(0, end === -1 ? 0 : end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const body = end === -1 ? '' : text.slice(end + 4)
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: withoutChunks(body, headers), text }
}

function withoutChunks(body: string, headers: Readonly<Record<string, string>>): string {
  if (headers['transfer-encoding'] !== 'chunked') return body
  return body.replaceAll(/^[\da-f]+\r\n/gim, '').replace(/\r\n0?\r?\n?$/, '')
}
