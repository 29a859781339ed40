import { readdirSync, readFileSync } from 'node:fs'

/**
 * Memory of a process and of all that it started, in bytes: proportional set sizes (PSS), where a page that n processes
 * share counts as an nth for each, so that PostgreSQL's shared buffers are counted once. Linux only.
 *
 * @throws when a process belongs to somebody else: run it as root then
 */
export function memoryOf(pid: number): { readonly server: number; readonly database: number } {
  const all = [pid, ...descendantsOf(pid)].map((one) => ({ name: nameOf(one), size: pssOf(one) }))
  const sum = (isDatabase: boolean) =>
    all.filter(({ name }) => (name === 'postgres') === isDatabase).reduce((total, { size }) => total + size, 0)
  return { server: sum(false), database: sum(true) }
}

function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(name) }))
  const found = [pid]
  for (const of of found) found.push(...parents.filter(({ parent }) => parent === of).map((child) => child.pid))
  return found.slice(1)
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}

function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
}

function pssOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error(`the memory of process ${pid} is not told`)
  return Number(kilobytes) * 1024
}
