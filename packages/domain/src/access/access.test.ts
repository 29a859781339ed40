import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PrincipalId } from '../ids.ts'
import type { Ace, Acl } from './acl.ts'
import { effectivePrivileges } from './effective-privileges.ts'
import { privileges, type Privilege } from './privileges.ts'
import { privilegesAt, standingAbove, standingAt } from './standing.ts'
import { ADMINISTRATORS_ID, EVERYONE_ID, nobody, type Subject } from './subject.ts'

const ann = 'ann' as PrincipalId
const marketing = 'marketing' as PrincipalId
const stranger = 'stranger' as PrincipalId
const annInMarketing: Subject = { user: ann, groups: new Set([marketing, EVERYONE_ID]) }
const anAdministrator: Subject = { user: ann, groups: new Set([ADMINISTRATORS_ID, EVERYONE_ID]) }

describe('the privileges on a node', () => {
  it('are inherited from the folders above', () => {
    expect(on([allow(marketing, 'read')], [], [])).toEqual(['read'])
  })

  it('are overruled by the nearest entry', () => {
    expect(on([allow(marketing, 'read')], [deny(EVERYONE_ID, 'read')])).toEqual([])
  })

  it('are decided by an entry for the user, however near one for a group is', () => {
    expect(on([allow(ann, 'read')], [deny(marketing, 'read')])).toEqual(['read'])
    expect(on([deny(ann, 'read')], [allow(marketing, 'read')])).toEqual([])
  })

  it('are decided by the last of two entries on one node', () => {
    expect(on([deny(marketing, 'read'), allow(EVERYONE_ID, 'read')])).toEqual(['read'])
    expect(on([allow(EVERYONE_ID, 'read'), deny(marketing, 'read')])).toEqual([])
  })

  it('hold share for whoever may edit the list', () => {
    expect(on([allow(marketing, 'edit-acl')])).toEqual(['edit-acl', 'share'])
  })

  it('can hold share alone', () => {
    expect(on([allow(marketing, 'share')])).toEqual(['share'])
    expect(on([allow(marketing, 'share')], [deny(marketing, 'edit-acl')])).toEqual(['share'])
  })

  it('let a nearer entry deny share to those who may edit the list', () => {
    expect(on([allow(marketing, 'edit-acl')], [deny(EVERYONE_ID, 'share')])).toEqual(['edit-acl'])
    expect(on([deny(EVERYONE_ID, 'share')], [allow(marketing, 'edit-acl')])).toEqual(['edit-acl', 'share'])
  })

  it('are all there for an administrator, whatever is denied', () => {
    const path = [[deny(EVERYONE_ID, ...privileges)], [deny(ann, ...privileges)]]
    expect([...effectivePrivileges(path, anAdministrator)]).toEqual([...privileges])
  })

  it('are none for somebody who is disabled', () => {
    expect([...effectivePrivileges([[allow(EVERYONE_ID, 'read')], [allow(ann, 'read')]], nobody)]).toEqual([])
  })
})

describe('laws of access', () => {
  it('nothing is granted that no entry for the subject allows', () => {
    fc.assert(
      fc.property(aPath, (path) => {
        const concerning = path.flat().filter((ace) => ace.effect === 'allow' && concerns(ace))
        const allowed = new Set(concerning.flatMap((ace) => ace.privileges))
        if (allowed.has('edit-acl')) allowed.add('share')
        expect(effectivePrivileges(path, annInMarketing).isSubsetOf(allowed)).toBe(true)
      }),
    )
  })

  it('one more allow, anywhere, takes nothing away', () => {
    fc.assert(
      fc.property(aPath, fc.nat(), fc.nat(), anAce, (path, level, place, ace) => {
        const before = effectivePrivileges(path, annInMarketing)
        const after = effectivePrivileges(inserted(path, level, place, { ...ace, effect: 'allow' }), annInMarketing)
        expect(before.isSubsetOf(after)).toBe(true)
      }),
    )
  })

  it('one more deny, anywhere, gives nothing', () => {
    fc.assert(
      fc.property(aPath, fc.nat(), fc.nat(), anAce, (path, level, place, ace) => {
        const before = effectivePrivileges(path, annInMarketing)
        const after = effectivePrivileges(inserted(path, level, place, { ...ace, effect: 'deny' }), annInMarketing)
        expect(after.isSubsetOf(before)).toBe(true)
      }),
    )
  })

  it('what an entry for the user decides, no entry for a group changes', () => {
    fc.assert(
      fc.property(
        aPath,
        fc.nat(),
        fc.nat(),
        anAce,
        fc.constantFrom(marketing, EVERYONE_ID),
        (path, level, place, ace, group) => {
          const decided = new Set(
            path
              .flat()
              .filter(({ principal }) => principal === ann)
              .flatMap((one) => one.privileges),
          )
          const before = effectivePrivileges(path, annInMarketing)
          const after = effectivePrivileges(inserted(path, level, place, { ...ace, principal: group }), annInMarketing)
          for (const privilege of decided)
            expect([privilege, after.has(privilege)]).toEqual([privilege, before.has(privilege)])
        },
      ),
    )
  })

  it('entries for others change nothing', () => {
    fc.assert(
      fc.property(aPath, (path) => {
        const ours = path.map((acl) => acl.filter(concerns))
        expect(effectivePrivileges(ours, annInMarketing)).toEqual(effectivePrivileges(path, annInMarketing))
      }),
    )
  })

  it('the last entry for the user on the node itself has its way', () => {
    fc.assert(
      fc.property(aPath, anAce, (path, ace) => {
        const after = effectivePrivileges([...path, [{ ...ace, principal: ann }]], annInMarketing)
        for (const privilege of ace.privileges) expect(after.has(privilege)).toBe(ace.effect === 'allow')
      }),
    )
  })

  it('which node of a path holds a list, and where a list is cut in two, makes no difference', () => {
    fc.assert(
      fc.property(aPath, (path) => {
        expect(effectivePrivileges([path.flat()], annInMarketing)).toEqual(effectivePrivileges(path, annInMarketing))
        expect(
          effectivePrivileges(
            path.flat().map((ace) => [ace]),
            annInMarketing,
          ),
        ).toEqual(effectivePrivileges(path, annInMarketing))
      }),
    )
  })

  it('two entries of one list that decide different things may change places', () => {
    fc.assert(
      fc.property(aPath, anAce, anAce, (path, one, other) => {
        const apart = { ...other, privileges: other.privileges.filter((each) => !mentioned(one).has(each)) }
        const apartWhole = { ...apart, privileges: apart.privileges.filter((each) => each !== 'edit-acl') }
        expect(effectivePrivileges([...path, [one, apartWhole]], annInMarketing)).toEqual(
          effectivePrivileges([...path, [apartWhole, one]], annInMarketing),
        )
      }),
    )
  })
})

describe('the standing of a folder', () => {
  it('comes to the same as the rule, for every subject and path', () => {
    fc.assert(
      fc.property(aPath, fc.constantFrom(annInMarketing, anAdministrator, nobody), (path, subject) => {
        const standing = path.reduce((above, acl) => standingAt(above, acl), standingAbove(subject))
        expect(privilegesAt(standing)).toEqual(effectivePrivileges(path, subject))
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same set for equal privileges, so that many folders share it', () => {
    const folder = standingAt(standingAbove(annInMarketing), [allow(marketing, 'read', 'share')])
    expect(privilegesAt(standingAt(folder, []))).toBe(privilegesAt(folder))
    expect(privilegesAt(standingAt(folder, [allow(ann, 'read')]))).toBe(privilegesAt(folder))
  })
})

// --- set-up: lists from the root down, as short as they read -------------------------------

const on = (...path: Acl[]) => [...effectivePrivileges(path, annInMarketing)]
const allow = (principal: PrincipalId, ...some: Privilege[]): Ace => ({ principal, effect: 'allow', privileges: some })
const deny = (principal: PrincipalId, ...some: Privilege[]): Ace => ({ principal, effect: 'deny', privileges: some })
const concerns = ({ principal }: Ace) => principal === ann || annInMarketing.groups.has(principal)
const mentioned = ({ privileges }: Ace) =>
  new Set<Privilege>(privileges.includes('edit-acl') ? [...privileges, 'share'] : privileges)

const anAce: fc.Arbitrary<Ace> = fc.record({
  principal: fc.constantFrom(ann, marketing, EVERYONE_ID, stranger),
  effect: fc.constantFrom('allow', 'deny'),
  privileges: fc.subarray([...privileges]),
})
const aPath: fc.Arbitrary<Acl[]> = fc.array(fc.array(anAce, { maxLength: 4 }), { maxLength: 5 })

/** A path with one more entry, on one of its nodes or on a new one below. */
function inserted(path: readonly Acl[], level: number, place: number, ace: Ace): Acl[] {
  const levels = [...path, []]
  const at = level % levels.length
  return levels.map((acl, index) => (index === at ? acl.toSpliced(place % (acl.length + 1), 0, ace) : acl))
}
