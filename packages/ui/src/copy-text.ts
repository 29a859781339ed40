/**
 * Puts words on the clipboard. The clipboard API is only there on https; on plain http the old way still works.
 *
 * @throws when the browser does not let it
 */
export async function copyText(words: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(words)
  const area = document.createElement('textarea')
  area.value = words
  ;(document.querySelector('[role=dialog]') ?? document.body).append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (!isCopied) throw new Error('the browser does not let this page write to the clipboard')
  return undefined
}
