import type { ShareLinkBody } from '@vitrine/api'
import type { ItemsPage, PublicItem } from '@vitrine/api/public'
import { expectStatus, type Caller } from './caller.ts'

/** What a caller made in the repository. */
export interface MadeNode {
  readonly id: string
  readonly name: string
}

/** The root of the repository. */
export async function theRoot(caller: Caller): Promise<MadeNode> {
  return expectStatus(await caller.get('/api/v1/nodes?path=/'), 200).json<MadeNode>()
}

/** Makes a folder. */
export async function aFolder(caller: Caller, parent: MadeNode, name: string): Promise<MadeNode> {
  const body = { parent: parent.id, kind: 'folder', name }
  return expectStatus(await caller.post('/api/v1/nodes', body), 201).json<MadeNode>()
}

let freshFolders = 0

/** Makes a folder below the root with a name that no other has. */
export async function aFreshFolder(caller: Caller): Promise<MadeNode> {
  return aFolder(caller, await theRoot(caller), `Campaign ${freshFolders++}`)
}

/** Uploads an asset. */
export async function anAsset(
  caller: Caller,
  parent: MadeNode,
  name: string,
  content: string | Buffer = `content of ${name}`,
): Promise<MadeNode> {
  const path = `/api/v1/nodes/${parent.id}/assets?name=${encodeURIComponent(name)}`
  return expectStatus(await caller.post(path, Buffer.from(content)), 201).json<MadeNode>()
}

/** Sets the access control list of a node. */
export async function setAcl(
  caller: Caller,
  node: MadeNode,
  entries: readonly { principal: string; effect: 'allow' | 'deny'; privileges: readonly string[] }[],
): Promise<void> {
  expectStatus(await caller.put(`/api/v1/nodes/${node.id}/acl`, { entries }), 200)
}

/** Id of a user, who is made if there is none of that name yet. */
export async function idOf(user: Caller): Promise<string> {
  return expectStatus(await user.get('/api/v1/me'), 200).json<{ id: string }>().id
}

/** Puts a node into the trash. */
export async function trash(caller: Caller, node: MadeNode): Promise<void> {
  expectStatus(await caller.post(`/api/v1/nodes/${node.id}/trash`), 200, 204)
}

/** A share link and what a visitor asks of it. */
export interface SharedLink extends ShareLinkBody {
  /** Value of `sh`. */
  readonly token: string
  /** Root-relative address below the first door with the token: `at('/items')`. */
  readonly at: (path: string, query?: Readonly<Record<string, string | number>>) => string
}

/** Shares nodes. */
export async function aShareLink(
  caller: Caller,
  targets: readonly MadeNode[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<SharedLink> {
  const body = { targets: targets.map(({ id }) => id), ...more }
  return sharedLink(expectStatus(await caller.post('/api/v1/share-links', body), 200, 201).json<ShareLinkBody>())
}

/** A share link as the API answered it. */
export function sharedLink(body: ShareLinkBody): SharedLink {
  const token = new URL(body.url).searchParams.get('sh') ?? ''
  return {
    ...body,
    token,
    at: (path, query = {}) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
      return `/linkshare.html${path}?sh=${token}${search.size === 0 ? '' : `&${search.toString()}`}`
    },
  }
}

/** A page of items that a link shows. */
export async function itemsOf(
  visitor: Caller,
  shareLink: SharedLink,
  query: Readonly<Record<string, string | number>> = {},
): Promise<ItemsPage> {
  return expectStatus(await visitor.get(shareLink.at('/items', query)), 200).json<ItemsPage>()
}

/** The one item of this name that a link shows in a folder, or among its targets. */
export async function itemNamed(
  visitor: Caller,
  shareLink: SharedLink,
  name: string,
  folder?: PublicItem,
): Promise<PublicItem> {
  const { items } = await itemsOf(visitor, shareLink, folder === undefined ? {} : { folder: folder.id })
  const found = items.find((item) => item.name === name)
  if (found === undefined) throw new Error(`the link does not show ${name}`)
  return found
}

/** Everything that a visitor of a link comes by, folder by folder from its first page on. */
export async function everythingShown(visitor: Caller, shareLink: SharedLink): Promise<PublicItem[]> {
  const found: PublicItem[] = []
  const waiting: Readonly<Record<string, string>>[] = [{}]
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    let next: string | null = ''
    while (next !== null) {
      const query: Record<string, string> = next === '' ? { ...folder } : { ...folder, cursor: next }
      const page: ItemsPage = await itemsOf(visitor, shareLink, query)
      found.push(...page.items)
      waiting.push(...page.items.filter(({ kind }) => kind === 'folder').map(({ id }) => ({ folder: id })))
      next = page.next
    }
  }
  return found
}

/** Replaces the content of an asset. */
export async function newVersion(caller: Caller, asset: MadeNode, content: string | Buffer): Promise<void> {
  expectStatus(await caller.put(`/api/v1/nodes/${asset.id}/content`, Buffer.from(content)), 200)
}

/** Moves a node, under its name. */
export async function move(caller: Caller, node: MadeNode, parent: MadeNode): Promise<void> {
  expectStatus(await caller.post(`/api/v1/nodes/${node.id}/move`, { parent: parent.id, name: node.name }), 200)
}
