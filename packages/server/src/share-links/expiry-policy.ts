import { isAdministrator, type ExpiryPolicy, type Subject } from '@vitrine/domain'
import type { Config } from '../config.ts'

/** How long links may live in this installation. */
export function expiryPolicyOf(config: Pick<Config, 'defaultExpiry' | 'longestExpiry'>): ExpiryPolicy {
  return { defaultLifetime: config.defaultExpiry, longestLifetime: config.longestExpiry }
}

/** Whether somebody may make links that never expire: administrators, and everybody where they allowed it. */
export function mayChooseNever(config: Pick<Config, 'allowNeverExpiring'>, subject: Subject): boolean {
  return config.allowNeverExpiring || isAdministrator(subject)
}
