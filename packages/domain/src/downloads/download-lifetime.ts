/** How long downloads are kept. */
export interface DownloadRetention {
  /** In ms, from when it was queued. */
  readonly retention: number
  /** In ms, after its link's expiry: what was queued before may be finished until then. */
  readonly grace: number
}

/**
 * When a download ends, in ms since the Unix epoch: after its retention, or with the grace after its link's expiry,
 * whichever comes first. The link's expiry counts as it is now, also when it was changed since.
 *
 * @param linkExpiresAt null: never
 */
export function downloadEndsAt(createdAt: number, linkExpiresAt: number | null, policy: DownloadRetention): number {
  const retained = createdAt + policy.retention
  return linkExpiresAt === null ? retained : Math.min(retained, linkExpiresAt + policy.grace)
}
