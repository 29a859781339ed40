import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aFreePort } from '@vitrine/testkit/a-free-port'

/** A server in a process of its own. */
export interface RunningServer {
  readonly port: number
  /** The processes that do its work. */
  readonly pids: readonly number[]
  stop(): void
}

/** Starts a TypeScript server of this folder, which prints `ready PORT` when it listens. */
export async function startNodeServer(script: string, args: readonly string[]): Promise<RunningServer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(await firstLine(child, /^ready (\d+)/))
  return { port, pids: [child.pid ?? 0], stop: () => void child.kill('SIGKILL') }
}

/** Whether nginx is installed. */
export function nginxIsInstalled(): boolean {
  return spawnSync('nginx', ['-v']).status === 0
}

/** Starts nginx with one worker that sends `file` with sendfile, whatever is asked for. */
export async function startNginx(folder: string, file: string): Promise<RunningServer> {
  const port = await aFreePort()
  const config = join(folder, 'nginx', 'nginx.conf')
  mkdirSync(dirname(config), { recursive: true })
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(
    config,
    `${user} worker_processes 1; daemon off; pid nginx.pid; error_log error.log;
     events { worker_connections 1024; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
       client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
       server { listen 127.0.0.1:${port} backlog=4096; root ${dirname(file)}; } }`,
  )
  const child = spawn('nginx', ['-p', dirname(config), '-c', config, '-e', 'error.log'], { stdio: 'inherit' })
  await listening(port)
  const pid = child.pid ?? 0
  return { port, pids: [pid, ...childrenOf(pid)], stop: () => void child.kill('SIGQUIT') }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}

async function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const chunk of child.stdout ?? []) {
    const found = pattern.exec(String(chunk))
    if (found) return found[1] ?? ''
  }
  throw new Error(`${child.spawnargs.join(' ')} ended before it was ready`)
}

/** Waits until something answers on the port. */
async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing listens on port ${port}`)
}
