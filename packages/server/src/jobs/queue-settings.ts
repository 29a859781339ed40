import type { JobKind } from './job-kinds.ts'

/** How jobs of one kind are run. */
export interface KindSettings {
  /** Jobs of the kind that run at the same time in this process. */
  readonly atOnce: number
  /** Attempts after the first, before the job is put aside as a dead letter. */
  readonly retries: number
  /** Wait before the second attempt; it doubles with each, up to an hour. In s. */
  readonly firstWait: number
  /** An attempt that runs longer is over, and is made again. In s. */
  readonly longest: number
  /** Jobs with a priority above 0 have a worker of their own: they wait for no other. */
  readonly hasExpress?: boolean
  /** When it runs by itself: minute, hour, day of month, month, day of week (UTC). */
  readonly schedule?: string
}

const rare = { atOnce: 1, retries: 2, firstWait: 60, longest: 3600 }

/**
 * The settings of every kind.
 *
 * @param atOnce jobs that may fill a processor each
 */
export function kindSettings(atOnce: number): { readonly [Kind in JobKind]: KindSettings } {
  return {
    'make-renditions': { atOnce, retries: 10, firstWait: 2, longest: 900, hasExpress: true },
    'resume-renditions': { ...rare, schedule: '17 * * * *' },
    'prepare-download': { atOnce: 2, retries: 10, firstWait: 1, longest: 3600 },
    'collect-blobs': { ...rare, longest: 6 * 3600, schedule: '41 * * * *' },
    expire: { ...rare, schedule: '*/5 * * * *' },
    'run-operation': { atOnce: 2, retries: 10, firstWait: 1, longest: 6 * 3600 },
    'delete-removed': { ...rare, retries: 10, firstWait: 5, longest: 6 * 3600, schedule: '29 * * * *' },
    'suspend-links': { ...rare, retries: 10, firstWait: 5, schedule: '*/10 * * * *' },
  }
}

/** Where jobs are put after their last attempt, for a person to look at. */
export const deadLetters = 'dead-letters'
