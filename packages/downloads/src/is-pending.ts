import type { Download } from '@vitrine/api/public'

/** Whether a download is still to become something else. */
export function isPending(download: Pick<Download, 'state'>): boolean {
  return download.state === 'queued' || download.state === 'preparing'
}
