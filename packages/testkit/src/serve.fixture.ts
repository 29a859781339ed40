/** Run by a test as a process of its own: serves on what the environment says, and prints where and with which token. */
import { readConfig } from '@vitrine/server/config'
import { createLog } from '@vitrine/server/log/create-log'
import { startServer } from '@vitrine/server/start-server'

const config = readConfig(process.env)
const { url, parts } = await startServer(config, { log: createLog(config) })
process.stdout.write(`${JSON.stringify({ url, token: parts.localToken.reveal() })}\n`)
