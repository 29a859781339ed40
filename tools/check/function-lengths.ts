import { lineAt, walk, type Source, type SyntaxNode } from './parse-source.ts'

/** Longest that half, nine in ten and all functions may be, in lines with code. */
const bounds = { median: 12, ninetieth: 35, longest: 60, longestComponent: 120 }

/** One function that has a name. Callbacks count as lines of the function that they stand in. */
interface Measured {
  readonly name: string
  readonly at: string
  readonly lines: number
  readonly isComponent: boolean
}

/** What the lengths come to, and where they are over the bounds. */
export function checkFunctionLengths(sources: readonly Source[]): {
  readonly problems: string[]
  readonly summary: string
} {
  const all = sources.flatMap((source) => functionsOf(source))
  const sorted = all.map(({ lines }) => lines).toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const ninetieth = quantile(sorted, 0.9)
  const problems = all
    .filter(({ lines, isComponent }) => lines > (isComponent ? bounds.longestComponent : bounds.longest))
    .map(({ at, name, lines }) => `${at} ${name} has ${lines} lines`)
  if (median > bounds.median)
    problems.push(`half of the functions are longer than ${median - 1} lines (${bounds.median})`)
  if (ninetieth > bounds.ninetieth)
    problems.push(`one in ten functions has ${ninetieth} lines or more (${bounds.ninetieth})`)
  return {
    problems,
    summary: `${all.length} functions, median ${median} lines, 90th percentile ${ninetieth}, longest ${sorted.at(-1) ?? 0}`,
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

function functionsOf(source: Source): Measured[] {
  return [...walk(source.tree)].flatMap(([node, parent]) => {
    const name = functionTypes.has(node.type) ? nameOf(node, parent) : undefined
    if (name === undefined) return []
    const lines = codeLines(source.text.slice(node.start, node.end))
    const at = `${source.path}:${lineAt(source, node.start)}`
    return [{ name, at, lines, isComponent: /^[A-Z]/.test(name) && source.path.endsWith('.tsx') }]
  })
}

/** Name of a declaration, a method, or what a constant holds; undefined for callbacks. */
function nameOf(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  const named = (node['id'] as SyntaxNode | null) ?? undefined
  if (named) return String(named['name'])
  const holder =
    parent?.type === 'VariableDeclarator'
      ? parent['id']
      : parent?.type === 'MethodDefinition'
        ? parent['key']
        : undefined
  return holder === undefined ? undefined : String((holder as SyntaxNode)['name'])
}

/** Lines that hold more than blanks and comments. */
function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length
}
