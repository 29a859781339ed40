import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { noteChange } from '../api/changes.ts'
import { call } from '../api/client.ts'
import { sentenceOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { tellUndoable } from '../operations/operate.ts'
import type { AssetDetail } from './asset-queries.ts'
import type { AssetWalk } from './use-walk.ts'

/** Puts an asset into the trash, goes on to the next one, and offers to take it back. */
export function useTrashAsset({ id, name }: Pick<AssetDetail, 'id' | 'name'>, { neighbours, turn, leave }: AssetWalk) {
  const text = useText()
  const navigate = useNavigate()
  const fail = (failure: unknown) => tell('failed', sentenceOf(failure, text))
  const takeBack = async () => {
    try {
      await call('POST /api/v1/trash/:id/restore', { params: { id }, body: null })
      noteChange()
      tell('done', text('assets.untrashed', { name }))
      const search = (before: object) => before
      void navigate({ to: '/assets/$nodeId', params: { nodeId: id }, search: search as never })
    } catch (failure) {
      fail(failure)
    }
  }
  return useMutation({
    mutationFn: () => call('POST /api/v1/nodes/:id/trash', { params: { id } }),
    onSuccess: () => {
      tellUndoable(text('assets.trashed', { name }), takeBack, text)
      const other = neighbours?.next ?? neighbours?.previous
      if (other === undefined || other === null) leave()
      else turn(other.id)
      noteChange()
    },
    onError: fail,
  })
}
