import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request, type RequestOptions } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Sending } from './caller.ts'
import { aFreePort } from './a-free-port.ts'

// Not every user's PATH names the folder of servers.
const env = { ...process.env, PATH: [process.env['PATH'], '/usr/sbin'].join(delimiter) }

/** Whether nginx and what makes a certificate are installed. */
export const hasProxy = ['nginx', 'openssl'].every(
  (program) => spawnSync(program, ['version'], { env }).error === undefined,
)

/** nginx with TLS, in front of a server. */
export interface Proxy {
  /** What a request to one of its hosts begins with, for those who send it themselves. */
  readonly to: (host: string) => RequestOptions
  /** Sends requests to one of its hosts. */
  readonly sendTo: (host: string) => (method: string, path: string, sending?: Sending) => Promise<Answer>
  stop(): Promise<void>
}

/**
 * Starts nginx as a document says.
 *
 * @param document path of a document with a block of nginx's configuration in it
 * @param places what stands in the block, and what is put in its place
 */
export async function aProxy(document: string, places: Readonly<Record<string, string>>): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-proxy-'))
  const port = await aFreePort()
  const certificate = { pem: join(folder, 'tls.pem'), key: join(folder, 'tls.key') }
  makeCertificate(certificate)
  const all = { ...places, '/etc/ssl/vitrine.pem': certificate.pem, '/etc/ssl/vitrine.key': certificate.key }
  const block = replaced(await blockOf(document), { ...all, 'listen 443 ssl': `listen 127.0.0.1:${port} ssl` })
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  )
  const config = join(folder, 'nginx.conf')
  const settings = ['daemon off;', `pid ${join(folder, 'pid')};`, 'error_log stderr;', 'events {}']
  await writeFile(config, [...settings, 'http {', 'access_log off;', ...paths, block, '}'].join('\n'))
  const nginx = spawn('nginx', ['-c', config, '-e', 'stderr'], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  await untilOpen(port, nginx)
  const to = (host: string) => ({
    host: '127.0.0.1',
    port,
    servername: host,
    rejectUnauthorized: false,
    headers: { host },
  })
  return {
    to,
    sendTo: (host) => (method, path, sending) => send(to(host), method, path, sending),
    stop: async () => {
      const gone = once(nginx, 'exit')
      nginx.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function blockOf(document: string): Promise<string> {
  const block = /```nginx\n([\s\S]*?)```/.exec(await readFile(document, 'utf8'))?.[1]
  if (block === undefined) throw new Error(`${document} has no block for nginx`)
  return block
}

function replaced(text: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places).reduce((before, [what, by]) => {
    if (!before.includes(what)) throw new Error(`nothing says ${what}`)
    return before.replaceAll(what, by)
  }, text)
}

function makeCertificate({ pem, key }: { readonly pem: string; readonly key: string }): void {
  const kind = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-subj',
    '/CN=proxy',
    '-days',
    '2',
  ]
  const { status, stderr } = spawnSync('openssl', ['req', '-x509', ...kind, '-out', pem, '-keyout', key], { env })
  if (status !== 0) throw new Error(`no certificate was made: ${stderr.toString()}`)
}

async function untilOpen(port: number, nginx: ChildProcess): Promise<void> {
  for (;;) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}`)
    const probe = connect(port, '127.0.0.1')
    const isOpen = await once(probe, 'connect').then(
      () => true,
      () => false,
    )
    probe.destroy()
    if (isOpen) return
    await pause(20)
  }
}

async function send(
  to: RequestOptions,
  method: string,
  path: string,
  { headers, body }: Sending = {},
): Promise<Answer> {
  const isJson = body !== undefined && !(body instanceof Uint8Array)
  const type = isJson ? { 'content-type': 'application/json' } : {}
  const sent = request({ ...to, method, path, headers: { ...to.headers, ...type, ...headers } })
  sent.end(isJson ? JSON.stringify(body) : body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat(await Array.fromAsync(response as AsyncIterable<Buffer>))
  const found = new Headers()
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) found.append(name, value)
  }
  const text = bytes.toString('utf8')
  return { status: response.statusCode ?? 0, headers: found, bytes, text, json: <Json>() => JSON.parse(text) as Json }
}
