import { decidedBy, type Acl, type Effect } from './acl.ts'
import { privileges, type Privilege } from './privileges.ts'
import { isAdministrator, type Subject } from './subject.ts'

/**
 * The privileges a subject has on a node.
 *
 * The first entry that mentions a privilege decides it, in this order of precedence, which is that of
 * Apache Jackrabbit Oak ("Order and Evaluation of Permission Entries"):
 * 1. entries for the user come before entries for groups, wherever they are set;
 * 2. entries on the node come before inherited ones, the nearest first;
 * 3. within one list, the last entry comes first.
 * A privilege that no entry mentions is not granted. Administrators have all, whatever the entries say.
 *
 * This is the rule as one reads it; `Standing` comes to the same for many nodes below one folder.
 *
 * @param path the lists from the root (first) to the node itself (last)
 */
export function effectivePrivileges(path: readonly Acl[], subject: Subject): ReadonlySet<Privilege> {
  if (isAdministrator(subject)) return new Set(privileges)
  const nearestFirst = path.toReversed().flatMap((acl) => acl.toReversed())
  const forUser = nearestFirst.filter((ace) => ace.principal === subject.user)
  const forGroups = nearestFirst.filter((ace) => subject.groups.has(ace.principal))

  const decided = new Map<Privilege, Effect>()
  for (const ace of [...forUser, ...forGroups]) {
    for (const privilege of decidedBy(ace)) {
      if (!decided.has(privilege)) decided.set(privilege, ace.effect)
    }
  }
  return new Set(privileges.filter((privilege) => decided.get(privilege) === 'allow'))
}
