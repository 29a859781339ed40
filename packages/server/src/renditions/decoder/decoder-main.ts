/**
 * The program of a decoder process: pictures come in on stdin, renditions go out on stdout. It opens no file and no
 * connection, has no secret in its environment, and gives up the rights of root once it is loaded.
 */
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { type ErrorCode, VitrineError } from '@vitrine/domain'
import sharp from 'sharp'
import { decodePicture } from './decode-picture.ts'
import { frameHead, readFrames } from './frames.ts'
import type { DecodeAnswer, DecodeRequest } from './protocol.ts'

/** Longest picture that is taken in, in bytes. The server refuses such before. */
const bodyLimit = 1 << 30

/** User and group `nobody` of most systems. */
const nobody = 65_534

/** Lets pages be answered first, and lets the kernel end this process first when memory is short. */
function giveWay(): void {
  setPriority(10)
  try {
    writeFileSync('/proc/self/oom_score_adj', '900')
  } catch {
    // Not Linux.
  }
}

/** From here on nothing of the machine can be read that not everyone may read. */
function giveUpRoot(): void {
  if (process.argv[2] !== '--give-up-root') return
  process.setgroups?.([])
  process.setgid?.(nobody)
  process.setuid?.(nobody)
}

async function answer(request: DecodeRequest, body: Buffer): Promise<void> {
  try {
    const { picture, renditions } = await decodePicture(body, request.pixelLimit)
    const parts = renditions.map(({ bytes }) => bytes)
    const described = renditions.map(({ name, mediaType, width, height, length }) => ({
      name,
      mediaType,
      width,
      height,
      length,
    }))
    const bodyLength = described.reduce((sum, { length }) => sum + length, 0)
    send({ kind: 'made', picture, renditions: described, bodyLength }, parts)
  } catch (error) {
    const code: ErrorCode = error instanceof VitrineError ? error.code : 'rendition/damaged'
    const reason =
      error instanceof VitrineError ? ((error.facts['reason'] as string | undefined) ?? error.message) : String(error)
    send({ kind: 'failed', code, reason: reason.slice(0, 500), bodyLength: 0 }, [])
  }
}

function send(header: DecodeAnswer, parts: readonly Buffer[]): void {
  process.stdout.write(frameHead(header))
  for (const part of parts) process.stdout.write(part)
}

giveWay()
sharp.cache(false)
sharp.concurrency(1)
giveUpRoot()
send({ kind: 'ready', bodyLength: 0 }, [])
for await (const { header, body } of readFrames<DecodeRequest>(process.stdin, { header: 1000, body: bodyLimit })) {
  // Not awaited, so that the end of stdin is seen meanwhile. The server sends one picture at a time.
  void answer(header, body)
}
// The server is gone, or wants no more: whatever runs is of no use.
process.exit()
