import type { NodeBody } from '@vitrine/api'
import type { FastifyReply } from 'fastify'
import type { Parts } from '../parts.ts'
import { pathOf, type StoredNode } from './node-store.ts'
import { nodeTag } from './node-tag.ts'
import { presentNode } from './present-node.ts'

/** The body that says how a node is now; the header `ETag` says which state that is. */
export async function answerNode({ db }: Pick<Parts, 'db'>, node: StoredNode, reply: FastifyReply): Promise<NodeBody> {
  reply.header('etag', nodeTag(node))
  return presentNode(node, await pathOf(db, node.id))
}
