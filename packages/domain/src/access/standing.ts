import { decidedBy, type Ace, type Acl } from './acl.ts'
import { privileges, type Privilege } from './privileges.ts'
import { isAdministrator, type Subject } from './subject.ts'

/**
 * What the lists from the root down to a folder come to for one subject, so that the nodes below need only
 * their own entries: four sets of privileges, each as the bits of a number.
 */
export interface Standing {
  readonly subject: Subject
  /** Decided by entries for the user, which no entry for a group overrules. */
  readonly allowedToUser: number
  readonly deniedToUser: number
  /** Decided by entries for groups. */
  readonly allowedToGroups: number
  readonly deniedToGroups: number
}

/** Above the root, where nothing is decided yet. */
export function standingAbove(subject: Subject): Standing {
  return { subject, allowedToUser: 0, deniedToUser: 0, allowedToGroups: 0, deniedToGroups: 0 }
}

/** One step down: to a node that has this list. Takes time by the length of the list, not of the path. */
export function standingAt(above: Standing, acl: Acl): Standing {
  const { subject } = above
  const user = decide(acl, (ace) => ace.principal === subject.user)
  const groups = decide(acl, (ace) => subject.groups.has(ace.principal))
  return {
    subject,
    // What is decided nearer stays; what is decided above fills the rest.
    allowedToUser: user.allowed | (above.allowedToUser & ~user.denied),
    deniedToUser: user.denied | (above.deniedToUser & ~user.allowed),
    allowedToGroups: groups.allowed | (above.allowedToGroups & ~groups.denied),
    deniedToGroups: groups.denied | (above.deniedToGroups & ~groups.allowed),
  }
}

/**
 * The privileges that a standing comes to: the same as `effectivePrivileges` of the whole path.
 *
 * Equal privileges are the same set, however often they are asked for.
 */
export function privilegesAt(standing: Standing): ReadonlySet<Privilege> {
  if (isAdministrator(standing.subject)) return setOf(everyBit)
  return setOf(standing.allowedToUser | (standing.allowedToGroups & ~standing.deniedToUser))
}

interface Decided {
  readonly allowed: number
  readonly denied: number
}

/** Entries in order, each overruling those before it. */
function decide(acl: Acl, concerns: (ace: Ace) => boolean): Decided {
  let allowed = 0
  let denied = 0
  for (const ace of acl) {
    if (!concerns(ace)) continue
    const bits = bitsOf(decidedBy(ace))
    const allows = ace.effect === 'allow'
    allowed = allows ? allowed | bits : allowed & ~bits
    denied = allows ? denied & ~bits : denied | bits
  }
  return { allowed, denied }
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
