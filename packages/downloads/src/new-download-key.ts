/** An `Idempotency-Key` for a download: sent again with the same one, it is queued once. */
export function newDownloadKey(): string {
  // `randomUUID` is there on encrypted connections alone.
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`
}
