import type { Download } from '@vitrine/api/public'

/** Hands the first part to the browser's own download manager. */
export function startTransfer(download: Download): void {
  const [first] = download.parts
  if (first === undefined) return
  const anchor = document.createElement('a')
  anchor.href = first.url
  anchor.download = first.name
  document.body.append(anchor)
  anchor.click()
  anchor.remove()
}
