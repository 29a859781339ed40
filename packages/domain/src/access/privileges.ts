/** What may be allowed or denied on a node, to a user or a group. */
export const privileges = [
  /** See that it exists, its name, its properties. */
  'read',
  /** Get the renditions of an asset. */
  'download-rendition',
  /** Get the bytes that were uploaded. */
  'download-original',
  /** Put folders and assets into a folder. */
  'create',
  /** Rename it, move it, add versions. */
  'modify',
  /** Put it into the trash. */
  'delete',
  /** See its access control list. */
  'read-acl',
  /** Change its access control list. An entry that allows it allows `share` as well. */
  'edit-acl',
  /** Make share links of it. */
  'share',
] as const

/** One of {@link privileges}. */
export type Privilege = (typeof privileges)[number]

/** What may be given to a user or a group for the whole installation. */
export const globalPrivileges = [
  /** See and end every share link. */
  'share-links/view-all',
  /** Make users and groups, and say who belongs to which. */
  'people',
  /** Change the settings of the installation. */
  'settings',
  /** Read who did what. */
  'audit',
] as const

/** One of {@link globalPrivileges}. */
export type GlobalPrivilege = (typeof globalPrivileges)[number]
