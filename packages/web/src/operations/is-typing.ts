/** Whether keys belong to a field, or to a dialog that lies over the page. */
export function isTyping(target: EventTarget | null): boolean {
  // A menu lies in a dialog of its own, and still has the focus while it closes.
  if (!(target instanceof Element) || target.closest('[role=menu]') !== null) return false
  return (
    target.closest('input:not([type=checkbox]),textarea,[contenteditable],[role=dialog],[role=alertdialog]') !== null
  )
}
