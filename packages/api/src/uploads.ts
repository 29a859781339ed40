/**
 * Uploads that can be resumed: the contract of `/api/v1/uploads`.
 *
 * They speak tus 1.0.0 (https://tus.io/protocols/resumable-upload) with the extensions creation, creation-with-upload,
 * termination, expiration and checksum; any tus client can be used. `POST /api/v1/uploads` makes one, the `Location` of
 * its answer takes `HEAD`, `PATCH` and `DELETE`. Failures are problem+json, as everywhere.
 *
 * The last byte is acknowledged when the asset is there: an upload whose `Upload-Offset` is its `Upload-Length` is
 * finished, and its answers say with {@link uploadHeaders} what became of it. Where finishing fails, because the name
 * was taken meanwhile, or a right was lost, the bytes stay: send the last one again, or choose anew with
 * `POST /api/v1/uploads/{id}/finish`.
 */
import { errorCodes } from '@vitrine/domain'
import { z } from 'zod'

/** What is done when an asset has the name: refuse, add a version to it unless it holds the same bytes, or take " (2)". */
export const uploadConflicts = ['refuse', 'version', 'keep-both'] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/i)

/** Most bytes of UTF-8 of a relative path. */
export const longestRelativePath = 8000

/**
 * The pairs of `Upload-Metadata` that are understood; others are kept and given back, and mean nothing.
 *
 * One of `name` and `relativePath` is needed.
 */
export const UploadMetadata = z.object({
  /** Id of the folder that it goes to. */
  parent: z.uuid(),
  /** Name of the asset. */
  name: z.string().optional(),
  /** Path below the parent, as `a/b/c.jpg`: folders that are missing are made when the upload finishes. Its last part is the name. */
  relativePath: z.string().max(longestRelativePath).optional(),
  conflict: z.enum(uploadConflicts).default('refuse'),
  /** ISO 8601: when the file was last changed where it comes from; else the time at which the upload finishes. */
  modifiedAt: z.iso.datetime({ offset: true }).optional(),
  /** SHA-256 that the bytes must have, 64 hexadecimal digits: else nothing is stored. */
  sha256: sha256.optional(),
})
/** The pairs of `Upload-Metadata`, before they are encoded. */
export type UploadMetadata = z.input<typeof UploadMetadata>

/** Headers of answers about a finished upload. */
export const uploadHeaders = {
  /** Id of the asset. */
  node: 'vitrine-node',
  /** `created`, `version`, or `unchanged`: the asset held these bytes already. */
  outcome: 'vitrine-outcome',
} as const

/** An upload, as it is now. */
export const UploadBody = z.object({
  id: z.uuid(),
  /** Root-relative: what a tus client resumes from. */
  url: z.string(),
  /** Id of the folder below which the path begins. */
  parent: z.uuid(),
  /** `c.jpg`, or `a/b/c.jpg`. */
  relativePath: z.string(),
  conflict: z.enum(uploadConflicts),
  /** ISO 8601, UTC; null when it was not told. */
  modifiedAt: z.string().nullable(),
  /** In bytes. */
  size: z.number(),
  /** So many bytes are acknowledged. */
  offset: z.number(),
  /** `received`: all bytes are there, but it could not be finished: `failure` says why. */
  state: z.enum(['unfinished', 'received', 'finished']),
  failure: z.object({ code: z.enum(errorCodes), detail: z.string() }).nullable(),
  /** Id of the asset, when it is finished. */
  node: z.uuid().nullable(),
  outcome: z.enum(['created', 'version', 'unchanged']).nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** ISO 8601, UTC: it is removed then, unless more bytes come. */
  expiresAt: z.string(),
})
/** An upload, as it is now. */
export type UploadBody = z.infer<typeof UploadBody>

/** One's own uploads that are not finished, the newest first. */
export const UploadList = z.object({ items: z.array(UploadBody) })
/** One's own uploads that are not finished, the newest first. */
export type UploadList = z.infer<typeof UploadList>

/** Body of `POST /api/v1/uploads/{id}/finish`, for one whose bytes are all there: what is absent stays as it was. */
export const FinishUpload = z.strictObject({
  conflict: z.enum(uploadConflicts).optional(),
  /** Another name for the asset. */
  name: z.string().optional(),
  /** Id of another folder, below which the path begins. */
  parent: z.uuid().optional(),
})
/** Body of `POST /api/v1/uploads/{id}/finish`. */
export type FinishUpload = z.input<typeof FinishUpload>

/** Most files of one check. */
export const mostChecked = 1000

/** Body of `POST /api/v1/uploads/check`. */
export const CheckUploads = z.strictObject({
  /** Id of the folder that they would go to. */
  parent: z.uuid(),
  files: z
    .array(
      z.strictObject({
        /** `c.jpg`, or `a/b/c.jpg`. */
        relativePath: z.string().max(longestRelativePath),
        /** In bytes. */
        size: z.number().int().min(0),
        /** 64 hexadecimal digits; with it the answer tells whether the bytes are the same. */
        sha256: sha256.optional(),
      }),
    )
    .min(1)
    .max(mostChecked),
})
/** Body of `POST /api/v1/uploads/check`. */
export type CheckUploads = z.input<typeof CheckUploads>

/** What would become of one file. */
export const CheckedUpload = z.discriminatedUnion('status', [
  /** Its name is free, and may be used. */
  z.object({ status: z.literal('free'), relativePath: z.string() }),
  /** Something has the name. */
  z.object({
    status: z.literal('conflict'),
    relativePath: z.string(),
    node: z.object({
      id: z.uuid(),
      kind: z.enum(['folder', 'asset']),
      /** In bytes. Null for a folder. */
      size: z.number().nullable(),
      /** ISO 8601, UTC. */
      modifiedAt: z.string(),
      /** Whether it holds the same bytes. Null for a folder, and where no `sha256` was sent and the sizes are equal. */
      sameBytes: z.boolean().nullable(),
    }),
    /** Which conflicts could be chosen instead of `refuse`. */
    choices: z.array(z.enum(['version', 'keep-both'])),
  }),
  /** It cannot be uploaded there, whatever is chosen. */
  z.object({
    status: z.literal('refused'),
    relativePath: z.string(),
    code: z.enum(errorCodes),
    /** A sentence. */
    reason: z.string(),
  }),
])
/** What would become of one file. */
export type CheckedUpload = z.infer<typeof CheckedUpload>

/** What would become of files, each in its place in the list that was sent. */
export const CheckedUploads = z.object({
  files: z.array(CheckedUpload),
  space: z.object({
    /** Of all files, in bytes. */
    needed: z.number(),
    /** Bytes that can still be stored. Null where the store cannot tell. */
    free: z.number().nullable(),
    fits: z.boolean(),
  }),
  /** The live share links that show what the folder holds: others will see what is uploaded. */
  visibleTo: z.object({
    count: z.number(),
    /** Those of them that the asker may see. */
    shareLinks: z.array(z.object({ id: z.uuid(), title: z.string() })),
  }),
})
/** What would become of files. */
export type CheckedUploads = z.infer<typeof CheckedUploads>
