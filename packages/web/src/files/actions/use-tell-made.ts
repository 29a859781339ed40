import { noteChange } from '../../api/changes.ts'
import { call } from '../../api/client.ts'
import { sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import { tell } from '../../notices/notices.ts'
import { tellUndoable } from '../../operations/operate.ts'

/** Tells that a folder was made, which can be taken back. */
export function useTellMade() {
  const text = useText()
  return ({ id, name }: { readonly id: string; readonly name: string }) => {
    const undo = async () => {
      try {
        await call('POST /api/v1/nodes/:id/trash', { params: { id } })
      } catch (failure) {
        tell('failed', sentenceOf(failure, text))
      }
      noteChange()
    }
    tellUndoable(text('files.newFolder.made', { name }), undo, text)
  }
}
