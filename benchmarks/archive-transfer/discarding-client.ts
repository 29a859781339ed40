// The discarding client where there is no C compiler: PORT PATH CONNECTIONS SECONDS. It reads the bytes, and so costs more.
import { get } from 'node:http'

const [, , port = '', path = '/', connections = '1', seconds = '1'] = process.argv
const begin = performance.now()
const end = begin + Number(seconds) * 1000
let bytes = 0
let failures = 0
let answers = 0
let firstByteSum = 0

function ask(): void {
  const askedAt = performance.now()
  const request = get({ host: '127.0.0.1', port: Number(port), path }, (response) => {
    answers += 1
    firstByteSum += performance.now() - askedAt
    response.on('data', (chunk: Buffer) => (bytes += chunk.length))
    response.on('end', ask)
    response.on('error', () => (failures += 1))
  })
  request.on('error', () => (failures += 1))
}

for (let i = 0; i < Number(connections); i++) ask()
setTimeout(() => {
  const { user, system } = process.cpuUsage()
  const report = {
    seconds: (performance.now() - begin) / 1000,
    bytes,
    cpu: (user + system) / 1e6,
    failures,
    firstByteMs: answers > 0 ? firstByteSum / answers : 0,
  }
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))
}, end - performance.now())
