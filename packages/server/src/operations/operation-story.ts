import type { NodeBody, NodePage, OperationBody, StartOperation } from '@vitrine/api'
import type { Caller } from '@vitrine/testkit'
import { expect, vi } from 'vitest'

/** Begins an operation and waits for its end. */
export async function operated(caller: Caller, wanted: StartOperation): Promise<OperationBody> {
  return ended(caller, begun(await caller.post('/api/v1/operations', wanted)))
}

/** Takes an operation back and waits for the end of that. */
export async function undone(caller: Caller, id: string): Promise<OperationBody> {
  return ended(caller, begun(await caller.post(`/api/v1/operations/${id}/undo`)))
}

/** The operation that an answer began. */
export function begun(answer: Awaited<ReturnType<Caller['post']>>): OperationBody {
  expect([answer.status, answer.text]).toEqual([201, answer.text])
  const operation = answer.json<OperationBody>()
  expect(answer.headers.get('location')).toBe(`/api/v1/operations/${operation.id}`)
  return operation
}

/** Waits for the end of an operation. */
export async function ended(caller: Caller, { id }: Pick<OperationBody, 'id'>): Promise<OperationBody> {
  return vi.waitFor(
    async () => {
      const now = (await caller.get(`/api/v1/operations/${id}`)).json<OperationBody>()
      expect(now.state).not.toBe('running')
      return now
    },
    { timeout: 60_000, interval: 20 },
  )
}

/** What lies below a folder: the path of each node, its id, and what it holds. */
export async function stateOf(caller: Caller, folder: string, above = ''): Promise<Record<string, string>> {
  const state: Record<string, string> = {}
  const { items } = (await caller.get(`/api/v1/nodes/${folder}/children?limit=500`)).json<NodePage>()
  for (const node of items) {
    state[`${above}${node.name}`] = facts(node)
    if (node.kind === 'folder') Object.assign(state, await stateOf(caller, node.id, `${above}${node.name}/`))
  }
  return state
}

function facts({ id, sha256 = 'folder' }: NodeBody): string {
  return `${id} ${sha256}`
}
