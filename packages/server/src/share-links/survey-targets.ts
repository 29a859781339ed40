import type { NodeId, Subject } from '@vitrine/domain'
import { privilegesOnAll, type Privileges } from '../access/node-access.ts'
import type { Database, Transaction } from '../db/open.ts'
import { isShown } from './link-standing.ts'
import { selectZones, type Zone } from './zone-store.ts'

/** A zone as a link's holder stands to it. */
export interface SurveyedZone extends Zone {
  /** What the holder may do there. */
  readonly privileges: Privileges
  /** The targets from which a visitor comes here, without passing something that is hidden; none: it is hidden. */
  readonly shownIn: readonly NodeId[]
  /** The nearest target at or above it. */
  readonly target: NodeId
}

/**
 * Where rights may change at and below targets, and how a holder stands there: each zone after those above it.
 *
 * Takes a query for every 5,000 nodes that have entries of their own, however much else there is.
 */
export async function surveyTargets(
  db: Database | Transaction,
  holder: Subject,
  targets: readonly NodeId[],
): Promise<SurveyedZone[]> {
  const zones = await selectZones(db, targets)
  const privileges = await privilegesOnAll(
    db,
    holder,
    zones.map(({ id }) => id),
  )
  const chosen = new Set(targets)
  const surveyed = new Map<NodeId, SurveyedZone>()
  for (const zone of downwards(zones)) {
    const here = privileges.get(zone.id) ?? new Set()
    surveyed.set(zone.id, { ...zone, privileges: here, ...placeOf(zone, here, chosen, surveyed) })
  }
  return [...surveyed.values()]
}

function placeOf(
  zone: Zone,
  privileges: Privileges,
  targets: ReadonlySet<NodeId>,
  surveyed: ReadonlyMap<NodeId, SurveyedZone>,
): Pick<SurveyedZone, 'shownIn' | 'target'> {
  const above = zone.above === null ? undefined : surveyed.get(zone.above)
  const isTarget = targets.has(zone.id)
  const shownIn = isShown(privileges) ? [...(above?.shownIn ?? []), ...(isTarget ? [zone.id] : [])] : []
  return { shownIn, target: isTarget || above === undefined ? zone.id : above.target }
}

/** The zones, each after the one above it. */
function* downwards(zones: readonly Zone[]): Generator<Zone> {
  const below = Map.groupBy(zones, ({ above }) => above)
  const waiting = [...(below.get(null) ?? [])]
  for (let zone = waiting.pop(); zone; zone = waiting.pop()) {
    yield zone
    waiting.push(...(below.get(zone.id) ?? []))
  }
}
