import { join } from 'node:path'
import { isBuiltin } from 'node:module'
import { lineAt, walk, type Source, type SyntaxNode } from './parse-source.ts'
import { textOf } from './tracked-files.ts'

/** What a package may import of ours. What has no arrow may not. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  zip: [],
  webdav: [],
  domain: [],
  ui: [],
  api: ['domain'],
  'page-build': [],
  // `link` and `web` are not imported as source: the server serves what their builds made.
  server: ['zip', 'webdav', 'domain', 'api', 'link', 'web'],
  downloads: ['ui', 'api'],
  web: ['ui', 'downloads', 'domain', 'api', 'page-build'],
  link: ['ui', 'downloads', 'domain', 'api', 'page-build'],
  client: ['domain', 'api'],
  desktop: ['client', 'domain', 'api'],
  panel: ['client', 'domain', 'api'],
  testkit: ['server', 'api', 'domain', 'zip'],
  e2e: ['testkit', 'server', 'api', 'domain', 'zip'],
  benchmarks: ['testkit', 'e2e', 'server', 'api', 'domain', 'zip'],
  tools: ['testkit', 'server', 'api', 'domain', 'zip', 'link'],
}

/**
 * Stores that are there for others: the port of the blobs, which holds no SQL, and what is asked or said about
 * rights within the transaction of another feature.
 */
const seams: ReadonlySet<string> = new Set([
  'packages/server/src/blobs/blob-store.ts',
  // Whoever takes bytes in records them within its own transaction.
  'packages/server/src/blobs/blob-facts-store.ts',
  'packages/server/src/access/access-epoch-store.ts',
  'packages/server/src/access/subject-store.ts',
  // Who signs in: the door of http asks people.
  'packages/server/src/people/account-store.ts',
  'packages/server/src/people/session-store.ts',
  'packages/server/src/people/principal-store.ts',
  // An import makes nodes within its own transaction.
  'packages/server/src/repository/ingest-store.ts',
  'packages/server/src/repository/tree-store.ts',
  // What lies in a folder: for people who are signed in, and for visitors of a link.
  'packages/server/src/repository/children-store.ts',
  // What a visitor sees of an asset.
  'packages/server/src/renditions/rendition-store.ts',
  // Which nodes a link can show at all: a download is selected among them.
  'packages/server/src/share-links/link-contents-store.ts',
])

const isTest = (path: string) =>
  /\.(test|soak|contract|fixture)\.tsx?$|\/(a|an|some)-[\w-]+\.ts$|-story\.ts$|\/attack-matrix\//.test(path)

/** Breaches of the arrows between packages, and of the rules about stores and SQL within the server. */
export function checkImports(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => [
    ...importsOf(source).flatMap((one) => complaints(source, one)),
    ...strayedSql(source),
  ])
}

/** One import, or re-export, or `import()` of a fixed name. */
interface Import {
  readonly line: number
  readonly from: string
}

function importsOf(source: Source): Import[] {
  return [...walk(source.tree)].flatMap(([node]) => {
    const from = importTypes.has(node.type) ? (node['source'] as SyntaxNode | null)?.['value'] : undefined
    return typeof from === 'string' ? [{ from, line: lineAt(source, node.start) }] : []
  })
}

const importTypes = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'])

function complaints(source: Source, { from, line }: Import): string[] {
  const at = `${source.path}:${line}`
  const complaint = from.startsWith('.') ? relativeComplaint(source.path, from) : packageComplaint(source.path, from)
  return complaint === undefined ? [] : [`${at} imports ${from}: ${complaint}`]
}

function relativeComplaint(path: string, from: string): string | undefined {
  const target = join(path, '..', from)
  if (packageOf(target) !== packageOf(path)) return 'that is another package; name it'
  const [feature, targetFeature] = [featureOf(path), featureOf(target)]
  const foreignStore = target.endsWith('-store.ts') && feature !== '' && feature !== targetFeature
  if (foreignStore && (seams.has(target) || isTest(path))) return undefined
  if (foreignStore) return `a store belongs to its feature; let ${targetFeature} offer a use case`
  return undefined
}

function packageComplaint(path: string, from: string): string | undefined {
  const [scope, name = ''] = from.split('/')
  const own = packageOf(path)
  if (scope !== '@vitrine') return declaredComplaint(path, from)
  if (name === 'testkit' && isTest(path)) return undefined
  if (name !== own && !arrows[own]?.includes(name)) return `${own} may not import ${name}`
  return undefined
}

/** npm hoists everything, so that what is not declared works until it does not. */
function declaredComplaint(path: string, from: string): string | undefined {
  if (isBuiltin(from) || from.startsWith('virtual:')) return undefined
  const [scope, second] = from.split('/')
  const name = scope?.startsWith('@') ? `${scope}/${second}` : scope!
  const own = manifestOf(packageOf(path))
  const development = isTest(path) || path.startsWith('packages/testkit/') || !path.includes('/src/')
  const declared = { ...own.dependencies, ...own.peerDependencies, ...own.optionalDependencies }
  if (name in declared || name in own.devDependencies || (development && name in manifestOf('tools').devDependencies))
    return undefined
  return 'it is not in the package.json'
}

type Names = Readonly<Record<string, string>>
type Manifest = Readonly<
  Record<'dependencies' | 'peerDependencies' | 'optionalDependencies' | 'devDependencies', Names>
>

const manifests = new Map<string, Manifest>()

function manifestOf(name: string): Manifest {
  const path = name === 'tools' ? 'package.json' : `${folderOf(name)}/package.json`
  const known = manifests.get(path)
  if (known) return known
  const manifest = { ...noNames, ...(JSON.parse(textOf(path)) as Partial<Manifest>) }
  manifests.set(path, manifest)
  return manifest
}

const noNames: Manifest = { dependencies: {}, peerDependencies: {}, optionalDependencies: {}, devDependencies: {} }

const folderOf = (name: string) => (name === 'e2e' || name === 'benchmarks' ? name : `packages/${name}`)

/** `zip` for packages/zip/…, `e2e` for e2e/…, `tools` for everything in the root folder. */
function packageOf(path: string): string {
  const [first, second] = path.split('/')
  if (first === 'packages') return second!
  return first === 'e2e' || first === 'benchmarks' ? first : 'tools'
}

/** The first folder below `src`. */
function featureOf(path: string): string {
  return /^packages\/server\/src\/([^/]+)\//.exec(path)?.[1] ?? ''
}

const builders =
  /\b(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(?:<[^`]*>)?`|\bquery(?:<[^>]*>)?\(\s*['"`]/

/** SQL in the server outside stores and `db/`. Tests may look. */
function strayedSql({ path, text }: Source): string[] {
  const mayHold = /-store\.ts$|^packages\/server\/src\/db\//.test(path) || isTest(path)
  if (!path.startsWith('packages/server/src/') || mayHold) return []
  return text
    .split('\n')
    .flatMap((line, index) =>
      builders.test(line) ? [`${path}:${index + 1} holds SQL: that belongs into a -store.ts or db/`] : [],
    )
}
