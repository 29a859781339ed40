import { pino } from 'pino'
import { pixelBomb, quarters } from './a-picture.ts'
import { DecoderPool } from './decoder-pool.ts'

/** For a test: stands for a server that is killed at work. Says the decoder's process id, and decodes on and on. */
const pool = new DecoderPool({ log: pino({ level: 'silent' }), size: 1 })
const work = new AbortController().signal

async function decode(bytes: Buffer): Promise<void> {
  await pool.decode(
    {
      size: bytes.length,
      bytes: (async function* () {
        yield bytes
      })(),
    },
    work,
  )
}

await decode(await quarters(64, 48).png().toBuffer())
const large = pixelBomb(16_000)
process.stdout.write(`${pool.idlePids[0]}\n`)
for (;;) await decode(large)
