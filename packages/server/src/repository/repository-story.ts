import type { NodeBody, NodePage, StoredContent } from '@vitrine/api'
import { ROOT_ID } from '@vitrine/domain'
import { aServer, type Answer, type Caller, type TestServer } from '@vitrine/testkit'
import { CompiledQuery } from 'kysely'
import { expect } from 'vitest'

/** Words with which tests of the repository tell their stories, as `admin`. */
export class RepositoryStory {
  readonly server: TestServer
  readonly admin: Caller
  #count = 0

  private constructor(server: TestServer) {
    this.server = server
    this.admin = server.as('admin')
  }

  static async begin(): Promise<RepositoryStory> {
    return new RepositoryStory(await aServer())
  }

  /** A folder below the root with a name that no other has. */
  async aFolder(name = `folder ${++this.#count}`, parent: string = ROOT_ID): Promise<NodeBody> {
    return made(await this.admin.post('/api/v1/nodes', { parent, kind: 'folder', name }))
  }

  async anAsset(folder: string, name: string, content: string | Buffer = name): Promise<StoredContent> {
    return made(await upload(this.admin, folder, name, content))
  }

  /** Names of a folder's children, in order. */
  async names(folder: string, query = ''): Promise<string[]> {
    const page = (await this.admin.get(`/api/v1/nodes/${folder}/children?limit=500${query}`)).json<NodePage>()
    return page.items.map(({ name }) => name)
  }

  at(path: string): Promise<Answer> {
    return this.admin.get(`/api/v1/nodes?path=${encodeURIComponent(path)}`)
  }

  move(id: string, parent: string, name = 'n'): Promise<Answer> {
    return this.admin.post(`/api/v1/nodes/${id}/move`, { parent, name })
  }

  /** Gives a person privileges on a node, or denies them. */
  async grant(user: string, node: string, privileges: string[], effect = 'allow'): Promise<void> {
    await this.server.as(user).get('/api/v1/nodes?path=/')
    const { items } = (await this.admin.get('/api/v1/users?limit=500')).json<{
      items: { id: string; name: string }[]
    }>()
    const principal = items.find(({ name }) => name === user)?.id
    const path = `/api/v1/nodes/${node}/acl`
    const before = (await this.admin.get(path)).json<{ entries: Record<string, unknown>[] }>()
    const entries = before.entries.map((one) => ({
      principal: one['principal'],
      effect: one['effect'],
      privileges: one['privileges'],
    }))
    const answer = await this.admin.put(path, { entries: [...entries, { principal, effect, privileges }] })
    expect([answer.status, answer.text]).toEqual([200, answer.text])
  }

  /** Differences between the closure and what the parents say. */
  closureFaults(): Promise<unknown[]> {
    return this.#rows(`
      with recursive walk (ancestor_id, descendant_id, depth) as (
        select id, id, 0 from nodes where kind = 'folder'
        union all
        select nodes.parent_id, walk.descendant_id, walk.depth + 1
        from walk join nodes on nodes.id = walk.ancestor_id where nodes.parent_id is not null and walk.depth < 100
      )
      (table walk except select ancestor_id, descendant_id, depth from folder_tree)
      union all
      (select ancestor_id, descendant_id, depth from folder_tree except table walk)`)
  }

  /** Nodes whose mark is not what they and the folders above them say. */
  trashFaults(): Promise<unknown[]> {
    return this.#rows(`
      select id, name from nodes where in_trash <> (trashed_at is not null or exists (
        select from folder_tree t join nodes above on above.id = t.ancestor_id
        where t.descendant_id = case when nodes.kind = 'folder' then nodes.id else nodes.parent_id end
          and above.trashed_at is not null))`)
  }

  async #rows(text: string): Promise<unknown[]> {
    return (await this.server.parts.db.executeQuery(CompiledQuery.raw(text))).rows
  }
}

/** Sends an asset. */
export function upload(
  caller: Caller,
  folder: string,
  name: string,
  content: string | Buffer,
  query = '',
): Promise<Answer> {
  const path = `/api/v1/nodes/${folder}/assets?name=${encodeURIComponent(name)}${query}`
  return caller.post(path, Buffer.from(content))
}

/** The body of an answer that made something. */
export function made<Body>(answer: Answer): Body {
  expect([answer.status, answer.text]).toEqual([201, answer.text])
  return answer.json<Body>()
}

/** Status and code of an answer that refuses. */
export function failure(answer: Answer): [number, unknown] {
  return [answer.status, answer.json()['code']]
}
