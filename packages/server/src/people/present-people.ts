import type { AppPassword, Group, Session, User } from '@vitrine/api'
import type { z } from 'zod'
import type { StoredAppPassword } from './app-password-store.ts'
import type { StoredPrincipal } from './principal-store.ts'
import type { StoredSession } from './session-store.ts'

/** A user as the API tells one. */
export function presentUser(user: StoredPrincipal): z.infer<typeof User> {
  return {
    id: user.id,
    name: user.name,
    displayName: user.displayName,
    email: user.email,
    disabledAt: user.disabledAt === null ? null : time(user.disabledAt),
    builtIn: user.isBuiltIn,
    hasPassword: user.hasPassword,
    passwordMustChange: user.passwordMustChange,
    createdAt: time(user.createdAt),
    globalPrivileges: [...user.globals],
    groups: user.groups.map(({ id, name }) => ({ id, name })),
  }
}

/** A group as the API tells one. */
export function presentGroup(group: StoredPrincipal): z.infer<typeof Group> {
  return {
    id: group.id,
    name: group.name,
    displayName: group.displayName,
    builtIn: group.isBuiltIn,
    createdAt: time(group.createdAt),
    globalPrivileges: [...group.globals],
    groups: group.groups.map(({ id, name }) => ({ id, name })),
  }
}

/** A session as its owner sees it. */
export function presentSession(session: StoredSession, current: string | undefined): z.infer<typeof Session> {
  return {
    id: session.id,
    createdAt: time(session.createdAt),
    lastSeenAt: time(session.lastSeenAt),
    expiresAt: time(session.expiresAt),
    userAgent: session.userAgent,
    current: session.id === current,
  }
}

/** An app password as its owner sees it, without its secret. */
export function presentAppPassword(made: StoredAppPassword): z.infer<typeof AppPassword> {
  return {
    id: made.id,
    name: made.name,
    createdAt: time(made.createdAt),
    lastUsedAt: made.lastUsedAt === null ? null : time(made.lastUsedAt),
  }
}

/** ISO 8601, UTC. */
export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
