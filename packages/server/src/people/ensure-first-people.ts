import type { Parts } from '../parts.ts'
import { inTransaction } from '../db/transaction.ts'
import { ensureRoot } from '../repository/ensure-root.ts'
import type { Secret } from '../secret.ts'
import { hasAdmin, insertAdmin, insertBuiltInGroups, insertRootAcl } from './first-people-store.ts'
import { hashPassword } from './hash-password.ts'
import { newPassword } from './random-secrets.ts'

/**
 * Makes what must be there before anybody can sign in: the groups `everyone` and `administrators`, the user
 * `admin`, the root folder and its access control list. At each start, also of several processes at once;
 * what is there stays as it is.
 *
 * @returns the password that was made up for `admin`, when `admin` was made now and the configuration has
 * none: the only time that it can be told
 */
export async function ensureFirstPeople(
  parts: Pick<Parts, 'db' | 'clock' | 'config'>,
): Promise<{ readonly firstPassword: Secret | undefined }> {
  const { db, clock, config } = parts
  await inTransaction(db, (tx) => insertBuiltInGroups(tx, clock()))
  const firstPassword = (await hasAdmin(db)) ? undefined : await makeAdmin(parts)
  await ensureRoot(parts)
  await inTransaction(db, insertRootAcl)
  return { firstPassword: config.adminPassword ? undefined : firstPassword }
}

/** The password of `admin`, unless another process was faster: then that one knows it. */
async function makeAdmin({ db, clock, config }: Pick<Parts, 'db' | 'clock' | 'config'>): Promise<Secret | undefined> {
  const password = config.adminPassword ?? newPassword()
  const passwordHash = await hashPassword(password.reveal())
  // What was made up stands on a screen: whoever signs in with it chooses another one.
  const made = { passwordHash, passwordMustChange: config.adminPassword === undefined }
  return (await inTransaction(db, (tx) => insertAdmin(tx, made, clock()))) ? password : undefined
}
