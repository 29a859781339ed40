import { create } from 'content-disposition'

/** Value of `Content-Security-Policy` for bytes of people: what a browser may do when it is made to show them is nothing. */
export const sandboxed = "default-src 'none'; sandbox"

/**
 * Value of `Cache-Control` for a thumbnail: it is asked for on every scroll. Within this time it may still be seen by who
 * has it, though it may no longer be given.
 */
export const thumbnailCache = 'private, no-transform, max-age=60, must-revalidate'

/** Value of `Content-Disposition`: under which name a browser keeps the bytes, or that it may show them. */
export function dispositionOf(fileName: string, type: 'attachment' | 'inline'): string {
  return create(plainName(fileName), { type })
}

/** A name without what turns its letters round on a screen, or is no letter at all. */
function plainName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '_')
}
