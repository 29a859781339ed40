/**
 * Codes of PostgreSQL (SQLSTATE) and of the system that mean: no connection, or no longer one.
 * 57P01 stopped by an administrator, 57P02 crash of another backend, 57P03 starting or stopping,
 * 08xxx connection failures. ENOENT: the socket is not there (yet).
 */
const connectionCodes: ReadonlySet<unknown> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
])

/** Whether the connection failed, and not what was asked for. */
export function isConnectionFailure(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string }
  return connectionCodes.has(code) || message === 'Connection terminated unexpectedly'
}

/** 40001: another transaction came first. 40P01: two waited for each other. Either may be tried again whole. */
export function isConflict(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '40001' || code === '40P01'
}

/** Whether a unique constraint or index refused the row; with a name: that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: broken } = error as { code?: unknown; constraint?: string }
  return code === '23505' && (constraint === undefined || constraint === broken)
}
