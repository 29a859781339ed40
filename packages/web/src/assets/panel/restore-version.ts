import { noteChange } from '../../api/changes.ts'
import { call } from '../../api/client.ts'
import { sentenceOf } from '../../api/failure-words.ts'
import type { Text } from '../../language/text.ts'
import { tell } from '../../notices/notices.ts'
import type { Version } from '../asset-queries.ts'

/**
 * Makes an earlier version the current one again, as a new version, and offers to undo that in the same way.
 *
 * @param former the one that is current until then
 * @throws RequestFailure
 */
export async function restoreVersion(
  asset: string,
  { id, number }: Version,
  former: Version | undefined,
  text: Text,
): Promise<void> {
  const as = await makeCurrent(asset, id)
  const undo = async ({ id: back, number: before }: Version) => {
    try {
      tell('done', text('assets.version.undone', { number: before, as: await makeCurrent(asset, back) }))
    } catch (failure) {
      tell('failed', sentenceOf(failure, text))
    }
  }
  tell(
    'done',
    text('assets.version.restored', { number, as }),
    former === undefined ? undefined : { label: text('assets.undo'), run: () => void undo(former) },
  )
}

/** @returns the number of the version that it is now */
async function makeCurrent(id: string, version: string): Promise<number> {
  const { number } = await call('POST /api/v1/nodes/:id/versions/:version/restore', { params: { id, version } })
  noteChange()
  return number
}
