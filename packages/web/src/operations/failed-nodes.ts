import type { Text } from '../language/text.ts'
import type { Operation } from './operations.ts'

/** Which node failed, and why. */
export function sentenceOfNode({ name, code, detail }: Operation['failures'][number], text: Text): string {
  const id = `problem.${code}`
  const reason = text.has(id) ? text(id, { limit: 0 }) : detail
  return name === '' ? reason : text('operation.node', { name, reason })
}
