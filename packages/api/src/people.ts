/** Users, groups, sign-in: the contract below `/api/v1`. */
import { globalPrivileges } from '@vitrine/domain'
import { z } from 'zod'

/** A sign-in name or the name of a group. No colon: HTTP Basic could not carry it. Nothing that cannot be seen. */
export const PrincipalName = z
  .string()
  .normalize('NFC')
  .min(1)
  .max(100)
  .regex(/^[^\p{C}\p{Z}:](?:[^\p{C}\p{Zl}\p{Zp}:]*[^\p{C}\p{Z}:])?$/u, 'no colon, no invisible characters')

/** No control characters: they cannot be seen, and PostgreSQL cannot hold NUL. */
const Line = z.string().regex(/^\P{Cc}*$/u, 'no control characters')

const DisplayName = Line.normalize('NFC').trim().min(1).max(200)
const Email = z.email().max(254)

/** Fewest characters of a password. */
export const shortestPassword = 8

/** A password as it is sent. Whether it is long enough, the server says with a code of its own. */
export const Password = z.string().max(1000)

/** Languages that pages speak. */
export const languages = ['en', 'de'] as const

/** Colours of pages. `system`: like the device. */
export const themes = ['system', 'light', 'dark'] as const

/** How somebody wants pages to be. */
const Wishes = {
  /** Null: as the browser asks for. */
  language: z.enum(languages).nullable(),
  theme: z.enum(themes),
}

const GlobalPrivileges = z.array(z.enum(globalPrivileges)).max(globalPrivileges.length)

/** A time: ISO 8601, UTC. */
const Time = z.iso.datetime()

/** Parameters of `/api/v1/users/{id}`, and of everything else that is named by one id. */
export const ById = z.strictObject({ id: z.uuid() })

/** Query of lists. `name`: only that one. */
export const ListPeople = z.strictObject({
  name: Line.max(100).optional(),
  cursor: z.base64url().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})

/** Body of `POST /api/v1/users`. Without a password there is no sign-in by password. */
export const CreateUser = z.strictObject({
  name: PrincipalName,
  /** Default: the name. */
  displayName: DisplayName.optional(),
  email: Email.nullable().optional(),
  password: Password.optional(),
  /** Whether the user is to choose a password of their own. */
  passwordMustChange: z.boolean().optional(),
})

/** Body of `PATCH /api/v1/users/{id}`. What is not named stays. */
export const ChangeUser = z.strictObject({ displayName: DisplayName.optional(), email: Email.nullable().optional() })

/** Body of `PUT /api/v1/users/{id}/password`. */
export const SetPassword = z.strictObject({ password: Password, mustChange: z.boolean().optional() })

/** Body of `POST /api/v1/users/{id}/disable`. `links` is asked for when the user holds live share links. */
export const DisableUser = z.strictObject({
  links: z.union([z.literal('revoke'), z.strictObject({ handOverTo: z.uuid() })]).optional(),
})

/** An empty body. */
export const Nothing = z.strictObject({}).nullish()

/** Whom something is about, by the names that people know. */
export const PersonBody = z.object({ id: z.uuid(), name: z.string(), displayName: z.string() })

/** A user. */
export const User = z.object({
  id: z.uuid(),
  name: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  disabledAt: Time.nullable(),
  /** May not be removed or renamed. */
  builtIn: z.boolean(),
  hasPassword: z.boolean(),
  passwordMustChange: z.boolean(),
  createdAt: Time,
  /** Given to the user, not through a group. */
  globalPrivileges: GlobalPrivileges,
  /** Groups that the user was put into, not those that hold these. */
  groups: z.array(z.object({ id: z.uuid(), name: z.string() })),
})

/** A page of users. */
export const Users = z.object({ items: z.array(User), total: z.int(), next: z.string().nullable() })

/** Body of `POST /api/v1/groups`. */
export const CreateGroup = z.strictObject({ name: PrincipalName, displayName: DisplayName.optional() })

/** Body of `PATCH /api/v1/groups/{id}`. */
export const ChangeGroup = z.strictObject({ displayName: DisplayName })

/** A group. */
export const Group = z.object({
  id: z.uuid(),
  name: z.string(),
  displayName: z.string(),
  builtIn: z.boolean(),
  createdAt: Time,
  globalPrivileges: GlobalPrivileges,
  groups: z.array(z.object({ id: z.uuid(), name: z.string() })),
})

/** A page of groups. */
export const Groups = z.object({ items: z.array(Group), total: z.int(), next: z.string().nullable() })

/** Parameters of `/api/v1/groups/{id}/members/{member}`. */
export const Membership = z.strictObject({ id: z.uuid(), member: z.uuid() })

/** A user or a group that was put into a group. */
export const Member = z.object({
  id: z.uuid(),
  kind: z.enum(['user', 'group']),
  name: z.string(),
  displayName: z.string(),
})

/** A page of members. */
export const Members = z.object({ items: z.array(Member), total: z.int(), next: z.string().nullable() })

/** Body and answer of `PUT /api/v1/principals/{id}/global-privileges`. */
export const SetGlobalPrivileges = z.strictObject({ globalPrivileges: GlobalPrivileges })

/** Body of `POST /api/v1/sessions`. */
export const SignIn = z.strictObject({ name: Line.max(1000), password: Password })

/** Answer of `POST /api/v1/sessions`, which sets the cookie. */
export const NewSession = z.object({
  id: z.uuid(),
  /** To be sent as `X-CSRF-Token` with everything but GET and HEAD. */
  csrfToken: z.string(),
  expiresAt: Time,
  user: PersonBody,
})

/** A session of one's own. */
export const Session = z.object({
  id: z.uuid(),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
  /** What the browser calls itself. */
  userAgent: z.string(),
  /** The session that asks. */
  current: z.boolean(),
})

/** Answer of `GET /api/v1/sessions`. */
export const Sessions = z.object({ items: z.array(Session) })

/** Answer of `GET /api/v1/me`. */
export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  /** Until it is changed, a session opens nothing but this, the password and signing out. */
  passwordMustChange: z.boolean(),
  ...Wishes,
  /** One's own and those of one's groups. */
  globalPrivileges: GlobalPrivileges,
  signedInBy: z.enum(['session', 'password', 'app-password', 'local-token']),
  /** Of this session; null when there is none. */
  csrfToken: z.string().nullable(),
})

/** Body of `PATCH /api/v1/me`. What is not named stays. */
export const ChangeMe = z.strictObject({
  displayName: DisplayName.optional(),
  language: Wishes.language.optional(),
  theme: Wishes.theme.optional(),
})

/** Body of `PUT /api/v1/me/password`. */
export const ChangeOwnPassword = z.strictObject({ current: Password, password: Password })

/** Body of `POST /api/v1/me/app-passwords`. */
export const CreateAppPassword = z.strictObject({ name: DisplayName })

/** An app password, without its secret. */
export const AppPassword = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
})

/** Answer of `POST /api/v1/me/app-passwords`: the only time that the secret is told. */
export const NewAppPassword = AppPassword.extend({ secret: z.string() })

/** Answer of `GET /api/v1/me/app-passwords`. */
export const AppPasswords = z.object({ items: z.array(AppPassword) })
