/** Imports of a folder of the server's own disk: the contract of `/api/v1/imports`. */
import { z } from 'zod'

/** Body of `POST /api/v1/imports`. Only for whoever can read the server's local token. */
export const StartImport = z
  .strictObject({
    /** Absolute path of a folder on the server's disk. */
    directory: z
      .string()
      .startsWith('/')
      .max(4096)
      .or(
        z
          .string()
          .regex(/^[A-Za-z]:[/\\]/)
          .max(4096),
      ),
    /** Id of the folder that takes in what the directory holds. */
    folder: z.uuid().optional(),
    /** Instead: name of a folder below the root, made unless it is there. */
    newFolderName: z.string().optional(),
  })
  .refine(({ folder, newFolderName }) => (folder === undefined) !== (newFolderName === undefined), {
    message: 'either folder or newFolderName',
  })
/** Body of `POST /api/v1/imports`. */
export type StartImport = z.input<typeof StartImport>

/** What an import came to. */
export const ImportReport = z.object({
  /** Files that are in the repository now: new ones, new versions, and unchanged ones. */
  files: z.number(),
  /** Of all these, in bytes. */
  bytes: z.number(),
  new: z.number(),
  newVersions: z.number(),
  unchanged: z.number(),
  /** Files and folders that have another name here: paths below the directory. Bytes that are no UTF-8 show as `\xFC`. */
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
  /** What was left out, and why. */
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
})
/** What an import came to. */
export type ImportReport = z.infer<typeof ImportReport>

/** An import, as it is now. */
export const ImportBody = z.object({
  id: z.uuid(),
  /** Id of the folder that takes the files in. */
  folder: z.uuid(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.object({
    filesDone: z.number(),
    bytesDone: z.number(),
    /** Null while they are counted. */
    filesTotal: z.number().nullable(),
    /** Null while they are counted. */
    bytesTotal: z.number().nullable(),
  }),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** ISO 8601, UTC; null while it runs. */
  endedAt: z.string().nullable(),
  /** When it has ended: also of one that failed or was cancelled, as far as it came. */
  imported: ImportReport.nullable(),
  /** Files and folders among `skipped` that could not be read; links, pipes and sockets do not count. */
  unreadable: z.number(),
  /** A sentence, when it failed. */
  failure: z.string().nullable(),
})
/** An import, as it is now. */
export type ImportBody = z.infer<typeof ImportBody>
