/** Access control lists: the contract of `/api/v1/nodes/{id}/acl`. */
import { privileges } from '@vitrine/domain'
import { z } from 'zod'

/** Most entries of one node's list. */
export const mostEntries = 500

/** An entry as it is sent. */
export const NewAclEntry = z.strictObject({
  /** Id of a user or a group. */
  principal: z.uuid(),
  effect: z.enum(['allow', 'deny']),
  privileges: z
    .array(z.enum(privileges))
    .min(1)
    .max(privileges.length)
    .refine((given) => new Set(given).size === given.length, 'each privilege once'),
})

/** An entry as it is sent. */
export type AclEntryBody = z.infer<typeof NewAclEntry>

/** Body of `PUT /api/v1/nodes/{id}/acl`: the whole list, in order. A later entry overrules an earlier one. */
export const SetAcl = z.strictObject({ entries: z.array(NewAclEntry).max(mostEntries) })

/** The list of a node. Header `ETag` names this state of it; `If-Match` on PUT changes no other. */
export const NodeAcl = z.object({
  entries: z.array(
    z.object({
      principal: z.uuid(),
      kind: z.enum(['user', 'group']),
      name: z.string(),
      displayName: z.string(),
      effect: z.enum(['allow', 'deny']),
      privileges: z.array(z.enum(privileges)),
    }),
  ),
})
