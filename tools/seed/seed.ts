import type { ServerClient } from '@vitrine/server/cli/server-client'
import { folderForImport, nodeAt, type FoundNode } from '@vitrine/server/cli/find-node'
import type { Terminal } from '@vitrine/server/cli/terminal'
import { pictureOf } from './pictures.ts'
import { storyOf, type Story, type StoryFolder } from './story.ts'

/** The password of the story's people. They exist on seeded servers only. */
const password = 'seeded for trying out'

/** Fills a server. Running it again adds what is missing. */
export async function seed(client: ServerClient, scale: number, terminal: Terminal): Promise<void> {
  const story = storyOf(scale)
  const groups = await makeGroups(client, story)
  await makePeople(client, story, groups)
  for (const folder of story.folders) await fill(client, folder, groups, terminal)
  const names = story.people.map(({ name }) => name).join(', ')
  terminal.tell(`Seeded. People: ${names}; their password is "${password}".`)
}

type Ids = ReadonlyMap<string, string>

async function makeGroups(client: ServerClient, story: Story): Promise<Ids> {
  const ids = new Map<string, string>()
  for (const name of story.groups) {
    ids.set(name, await findOrMake(client, '/api/v1/groups', name, { name, displayName: name }))
  }
  return ids
}

async function makePeople(client: ServerClient, story: Story, groups: Ids): Promise<void> {
  for (const { name, displayName, groups: memberOf } of story.people) {
    const id = await findOrMake(client, '/api/v1/users', name, { name, displayName, password })
    for (const group of memberOf) await client.call('PUT', `/api/v1/groups/${groups.get(group)}/members/${id}`)
  }
}

async function findOrMake(client: ServerClient, route: string, name: string, body: unknown): Promise<string> {
  const { items } = await client.call<{ items: { id: string; name: string }[] }>('GET', route)
  const there = items.find((one) => one.name === name)
  return (there ?? (await client.call<{ id: string }>('POST', route, body))).id
}

async function fill(client: ServerClient, folder: StoryFolder, groups: Ids, terminal: Terminal): Promise<void> {
  const node = await folderAt(client, folder.path)
  const title = folder.path.slice(folder.path.lastIndexOf('/') + 1)
  for (let number = 1; number <= folder.pictures; number++) {
    const { name, bytes } = await pictureOf(number + title.length * 100, title)
    const path = `/api/v1/nodes/${node.id}/assets?conflict=version&name=${encodeURIComponent(name)}`
    await client.upload('POST', path, {
      stream: new Blob([new Uint8Array(bytes)]).stream(),
      size: bytes.length,
      modifiedAt: Date.now(),
    })
    terminal.progress(`${folder.path}: ${number} of ${folder.pictures}`)
  }
  terminal.progressDone()
  if (folder.owners !== undefined) await own(client, node, groups.get(folder.owners)!)
  if (folder.shareFor !== undefined) await shareFolder(client, node, folder.shareFor)
}

async function folderAt(client: ServerClient, path: string): Promise<FoundNode> {
  let node = await nodeAt(client, '/')
  for (const end of [...path.matchAll(/\/|$/g)].map(({ index }) => index).filter((index) => index > 0)) {
    node = await folderForImport(client, path.slice(0, end))
  }
  return node
}

async function own(client: ServerClient, node: FoundNode, group: string): Promise<void> {
  const privileges = [
    'read',
    'download-rendition',
    'download-original',
    'create',
    'modify',
    'delete',
    'read-acl',
    'edit-acl',
  ]
  await client.call('PUT', `/api/v1/nodes/${node.id}/acl`, {
    entries: [{ principal: group, effect: 'allow', privileges }],
  })
}

async function shareFolder(client: ServerClient, node: FoundNode, lifetime: number): Promise<void> {
  const expiresAt = new Date(Date.now() + lifetime).toISOString()
  await client.call('POST', '/api/v1/share-links', { targets: [node.id], expiresAt, originals: true, renditions: true })
}
