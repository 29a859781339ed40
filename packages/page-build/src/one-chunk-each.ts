import { resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

/**
 * Puts what a module needs before it runs into one chunk, without what an entry, or a module before it in the list, has
 * already.
 *
 * By itself a module of its own becomes a chunk of its own as soon as two parts share it. Over HTTP/1.1 a browser asks
 * for six at a time, and each six wait for a round trip.
 *
 * @param root the folder that the modules are named from
 * @param levels files of parts that are loaded when a page opens, in the order in which they are; of one level one alone is
 */
export function oneChunkEach(root: string, levels: ChunkLevels): Plugin {
  let homes = new Map<string, string>()
  return {
    name: 'one-chunk-each',
    apply: 'build',
    buildEnd() {
      homes = homesOf(
        this,
        [...this.getModuleIds()],
        levels.map((level) => level.map((part) => resolve(root, part))),
      )
    },
    outputOptions: (options) => ({
      ...options,
      // In the order of the list: `includeDependenciesRecursively` would else give a later one what an earlier one has.
      codeSplitting: {
        groups: [
          { debugName: 'one-chunk-each', name: (id) => homes.get(id) ?? null, includeDependenciesRecursively: false },
        ],
      },
    }),
  }
}

/** Files, level by level: a part is loaded when one of each level before it has been. */
export type ChunkLevels = readonly (readonly string[])[]

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>

/** The name of its chunk, for each module that has one. */
function homesOf(graph: Graph, all: readonly string[], levels: ChunkLevels): Map<string, string> {
  const entries = all.filter((id) => graph.getModuleInfo(id)?.isEntry === true)
  const homes = new Map<string, string>()
  // What only an entry needs lies in its own chunk; what a part needs as well must not: an entry runs when it is loaded.
  const shared = usersOf(graph, [...entries, ...levels.flat()])
  const sets = [...new Set([...shared.values()].map(String))]
  const ofEntries = usersOf(graph, entries)
  for (const id of ofEntries.keys()) {
    const by = shared.get(id) ?? []
    if (by.length > 1) homes.set(id, `start-${sets.indexOf(String(by))}`)
  }
  const taken = new Set(ofEntries.keys())
  for (const level of levels) {
    for (const [id, by] of usersOf(graph, level)) {
      if (!taken.has(id)) homes.set(id, by.map(nameOf).join('-'))
      taken.add(id)
    }
  }
  return homes
}

/** Which of the parts need each module before they run. */
function usersOf(graph: Graph, parts: readonly string[]): Map<string, readonly string[]> {
  const users = new Map<string, readonly string[]>()
  for (const part of parts) for (const id of neededBy(graph, part)) users.set(id, [...(users.get(id) ?? []), part])
  return users
}

/** A module and all that it imports before it runs. */
function neededBy(graph: Graph, module: string): Set<string> {
  const needed = new Set<string>()
  const open = [module]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue
    needed.add(id)
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
  }
  return needed
}

function nameOf(module: string): string {
  return module.replace(/^.*\//, '').replace(/\.\w+$/, '')
}
