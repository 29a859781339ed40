import { sentenceOfProblem } from '../api/failure-words.ts'
import type { Text } from '../language/text.ts'
import type { Operation } from './operations.ts'

/** Which node failed, and why. */
export function sentenceOfNode({ name, code, detail }: Operation['failures'][number], text: Text): string {
  const reason = sentenceOfProblem({ code, detail }, text)
  return name === '' ? reason : text('operation.node', { name, reason })
}
