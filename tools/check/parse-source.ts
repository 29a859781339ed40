import { parseAst } from 'rolldown/parseAst'
import { textOf } from './tracked-files.ts'

/** A node of a syntax tree (ESTree, with TypeScript). */
export interface SyntaxNode {
  readonly type: string
  /** Offset of its first character. */
  readonly start: number
  /** Offset behind its last character. */
  readonly end: number
  readonly [member: string]: unknown
}

/** A source file. */
export interface Source {
  /** From the root folder. */
  readonly path: string
  readonly text: string
  readonly tree: SyntaxNode
}

/** Reads and parses a TypeScript file. */
export function parseSource(path: string): Source {
  const text = textOf(path)
  const tree = parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts', astType: 'ts' }, path)
  return { path, text, tree: tree as unknown as SyntaxNode }
}

/** Every node of a tree with its parent, parents first. */
export function* walk(node: SyntaxNode, parent?: SyntaxNode): Generator<readonly [SyntaxNode, SyntaxNode | undefined]> {
  yield [node, parent]
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) {
      if (isNode(child)) yield* walk(child, node)
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** Number of the line at an offset, from 1. */
export function lineAt(source: Source, offset: number): number {
  return source.text.slice(0, offset).split('\n').length
}
