import type { AclEntryBody } from '@vitrine/api'
import { expectStatus, type Caller } from './caller.ts'

type Privilege = AclEntryBody['privileges'][number]

/** Somebody of a test. */
export interface Person extends Caller {
  readonly id: string
  readonly name: string
}

/** Words about people and what they may do. All of it is done by `admin`, over HTTP. */
export interface PeopleWords {
  /** A user, made now unless they are there, in these groups, which are made too. */
  user(name: string, wishes?: { readonly groups?: readonly string[] }): Promise<Person>
  /** A group, made now unless it is there, with the groups that it is in. Answers its id. */
  group(name: string, wishes?: { readonly groups?: readonly string[] }): Promise<string>
  /**
   * Adds an entry that allows privileges on the node at a path, after those that are there.
   *
   * @param principal name of a user or a group, which is made unless it is there as either
   */
  grant(path: string, principal: string, ...privileges: Privilege[]): Promise<void>
  /** The same with an entry that denies. */
  deny(path: string, principal: string, ...privileges: Privilege[]): Promise<void>
}

/** @param as how a test speaks as somebody; the user is made at the first request */
export function peopleWords(as: (user: string) => Caller): PeopleWords {
  const admin = as('admin')
  const words: Pick<PeopleWords, 'user' | 'group'> = {
    async user(name, { groups = [] } = {}) {
      const caller = as(name)
      const { id } = expectStatus(await caller.get('/api/v1/me'), 200).json<{ id: string }>()
      for (const group of groups) await join(admin, await words.group(group), id)
      return { ...caller, id, name }
    },
    async group(name, { groups = [] } = {}) {
      const id = (await findNamed(admin, 'groups', name)) ?? (await makeGroup(admin, name))
      for (const group of groups) await join(admin, await words.group(group), id)
      return id
    },
  }
  const principalNamed = async (name: string) => {
    return (await findNamed(admin, 'groups', name)) ?? (await words.user(name)).id
  }
  const add = async (effect: 'allow' | 'deny', path: string, name: string, privileges: readonly Privilege[]) =>
    addEntry(admin, path, { principal: await principalNamed(name), effect, privileges: [...privileges] })
  return {
    ...words,
    grant: (path, name, ...privileges) => add('allow', path, name, privileges),
    deny: (path, name, ...privileges) => add('deny', path, name, privileges),
  }
}

async function makeGroup(admin: Caller, name: string): Promise<string> {
  return expectStatus(await admin.post('/api/v1/groups', { name }), 201).json<{ id: string }>().id
}

async function join(admin: Caller, group: string, member: string): Promise<void> {
  expectStatus(await admin.put(`/api/v1/groups/${group}/members/${member}`), 200, 204)
}

async function findNamed(admin: Caller, kind: 'users' | 'groups', name: string): Promise<string | undefined> {
  const answer = expectStatus(await admin.get(`/api/v1/${kind}?name=${encodeURIComponent(name)}`), 200)
  return answer.json<{ items: { id: string }[] }>().items[0]?.id
}

async function addEntry(admin: Caller, path: string, added: AclEntryBody): Promise<void> {
  const url = `/api/v1/nodes/${await idAt(admin, path)}/acl`
  const there = expectStatus(await admin.get(url), 200).json<{ entries: AclEntryBody[] }>().entries
  const entries = there.map(({ principal, effect, privileges }) => ({ principal, effect, privileges }))
  expectStatus(await admin.put(url, { entries: [...entries, added] }), 200)
}

async function idAt(admin: Caller, path: string): Promise<string> {
  return expectStatus(await admin.get(`/api/v1/nodes?path=${encodeURIComponent(path)}`), 200).json<{ id: string }>().id
}
