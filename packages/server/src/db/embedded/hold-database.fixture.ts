import { startEmbedded } from './supervise.ts'

// Starts or adopts the database of a cluster, says which, and keeps it until it is killed.
const embedded = await startEmbedded({ cluster: process.argv[2] ?? '' })
console.log(JSON.stringify(embedded.postmaster()))
await new Promise(() => setInterval(() => {}, 60_000))
