import { decidedBy, type Ace, type Acl } from './acl.ts'
import { privileges, type Privilege } from './privileges.ts'
import { isAdministrator, type Subject } from './subject.ts'

/**
 * What the lists from the root down to a folder come to for one subject, so that the nodes below need only
 * their own entries. Sets of privileges, each as the bits of a number.
 */
export interface Standing {
  readonly subject: Subject
  /** Decided by entries for the user: no entry for a group overrules these. */
  readonly decidedForUser: number
  /** Those of them that are allowed. */
  readonly allowedToUser: number
  /** Allowed by entries for groups. */
  readonly allowedToGroups: number
}

/** Above the root, where nothing is decided yet. */
export function standingAbove(subject: Subject): Standing {
  return { subject, decidedForUser: 0, allowedToUser: 0, allowedToGroups: 0 }
}

/** One step down: to a node that has this list. Takes time by the length of the list, not of the path. */
export function standingAt(above: Standing, acl: Acl): Standing {
  const { subject } = above
  const user = decide(acl, (ace) => ace.principal === subject.user)
  const groups = decide(acl, (ace) => subject.groups.has(ace.principal))
  return {
    subject,
    // What is decided nearer stays; what is decided above fills the rest.
    decidedForUser: user.decided | above.decidedForUser,
    allowedToUser: user.allowed | (above.allowedToUser & ~user.decided),
    allowedToGroups: groups.allowed | (above.allowedToGroups & ~groups.decided),
  }
}

/**
 * The privileges that a standing comes to: the same as `effectivePrivileges` of the whole path.
 *
 * Equal privileges are the same set, however often they are asked for.
 */
export function privilegesAt(standing: Standing): ReadonlySet<Privilege> {
  if (isAdministrator(standing.subject)) return setOf(everyBit)
  return setOf(standing.allowedToUser | (standing.allowedToGroups & ~standing.decidedForUser))
}

/** What the entries of one list that concern somebody come to. */
interface Decided {
  readonly decided: number
  readonly allowed: number
}

/** Entries in order, each overruling those before it. */
function decide(acl: Acl, concerns: (ace: Ace) => boolean): Decided {
  let decided = 0
  let allowed = 0
  for (const ace of acl) {
    if (!concerns(ace)) continue
    const bits = bitsOf(decidedBy(ace))
    decided |= bits
    allowed = ace.effect === 'allow' ? allowed | bits : allowed & ~bits
  }
  return { decided, allowed }
}

const bitOf = new Map<Privilege, number>(privileges.map((privilege, index) => [privilege, 1 << index]))
const everyBit = bitsOf(privileges)

function bitsOf(some: readonly Privilege[]): number {
  return some.reduce((bits, privilege) => bits | (bitOf.get(privilege) ?? 0), 0)
}

/** At most 2^9 sets: those of hundreds of thousands of folders share them. */
const sets = new Map<number, ReadonlySet<Privilege>>()

function setOf(bits: number): ReadonlySet<Privilege> {
  const known = sets.get(bits)
  if (known) return known
  const made = new Set(privileges.filter((privilege) => (bits & (bitOf.get(privilege) ?? 0)) !== 0))
  sets.set(bits, made)
  return made
}
