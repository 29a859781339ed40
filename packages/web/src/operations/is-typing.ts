/** Whether keys belong to a field, or to a dialog that lies over the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest('input:not([type=checkbox]),textarea,[contenteditable],[role=dialog],[role=alertdialog]') !== null
  )
}
