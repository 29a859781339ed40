import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Somebody who reads an answer slowly. */
export interface SlowTransfer {
  /** In ms, by `performance.now()`: when the connection ended; undefined while it is open. */
  readonly endedAt: () => number | undefined
  /** Bytes that have come so far. */
  readonly received: () => number
  readonly close: () => void
}

/** Begins to read an answer slowly, and resolves when some of it has come. It should be longer than kernels keep. */
export async function aSlowTransfer(server: string, path: string): Promise<SlowTransfer> {
  const { hostname, port } = new URL(server)
  const socket = connect({ host: hostname, port: Number(port) })
  let endedAt: number | undefined
  let received = 0
  const begun = Promise.withResolvers<void>()
  socket.on('error', () => undefined)
  socket.on('close', () => {
    endedAt = performance.now()
    begun.reject(new Error(`only ${received} bytes came`))
  })
  socket.on('data', (chunk) => {
    received += chunk.length
    if (received > 64 << 10) begun.resolve()
    void slowDown(socket)
  })
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
  await begun.promise
  return { endedAt: () => endedAt, received: () => received, close: () => socket.destroy() }
}

async function slowDown(socket: Socket): Promise<void> {
  socket.pause()
  await pause(20)
  socket.resume()
}
