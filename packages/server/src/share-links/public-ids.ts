import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { NodeId, PublicItemId, ShareLinkId } from '@vitrine/domain'
import type { Keys } from '../keys.ts'
import { uuidAt } from '../uuid-bytes.ts'

/** Translates between a node's id and what one link calls it. */
export interface PublicIds {
  /** What the link calls the node. */
  readonly of: (node: NodeId) => PublicItemId
  /**
   * The nodes that the text may mean, likeliest first: one for each key. Nothing says that they exist; what another link
   * or a guesser made deciphers to an id that no node has. Empty when it has not the form of an id.
   */
  readonly nodesOf: (text: string) => NodeId[]
}

const algorithm = 'aes-128-ecb'
const bytesOfId = 16

/**
 * The public ids of one link: the node's UUID as one AES-128 block under a key of that link (base64url, 22 characters).
 *
 * One block under a key that enciphers nothing but distinct UUIDs is what a block cipher is for; no mode is needed.
 */
export function publicIdsOf(keys: Keys, shareLink: ShareLinkId): PublicIds {
  const blockKeys = keys.signatures(`vitrine/public-item/v1|${shareLink}`).map((mac) => mac.subarray(0, bytesOfId))
  // Without padding a block goes in and comes out at once, so that one cipher does for all of them.
  const cipher = createCipheriv(algorithm, blockKeys[0]!, null).setAutoPadding(false)
  const deciphers = blockKeys.map((key) => createDecipheriv(algorithm, key, null).setAutoPadding(false))
  return {
    of: (node) => cipher.update(node.replaceAll('-', ''), 'hex').toString('base64url') as PublicItemId,
    nodesOf: (text) => {
      const block = Buffer.from(text, 'base64url')
      const isCanonical = block.length === bytesOfId && block.toString('base64url') === text
      return isCanonical ? deciphers.map((decipher) => uuidAt(decipher.update(block)) as NodeId) : []
    },
  }
}
