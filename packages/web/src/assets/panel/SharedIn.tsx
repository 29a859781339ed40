import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/queries.ts'
import type { AnswerOf } from '../../api/client.ts'
import { useText } from '../../language/text.ts'
import type { Text } from '../../language/text.ts'
import { FailurePage } from '../../shell/FailureNote.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { coveringLinksQuery } from '../asset-queries.ts'
import type { AssetDetail } from '../asset-queries.ts'
import { factLine } from '../asset-words.ts'
import { CopyButton } from './CopyButton.tsx'

type ShareLink = AnswerOf<'GET /api/v1/share-links'>['items'][number]

/** The share links that show an asset, as far as one may know them, and how many there are beyond these. */
export function SharedIn({ asset }: { asset: AssetDetail }): ReactNode {
  const text = useText()
  const seesAll = useMe().globalPrivileges.includes('share-links/view-all')
  const { data, error, refetch } = useQuery(coveringLinksQuery(asset.id, seesAll))
  if (data === undefined) {
    if (error === null) return <Waiting />
    return <FailurePage failure={error} onRetry={() => void refetch()} />
  }
  const { items, total, others = 0 } = data
  if (items.length === 0 && others === 0) return <p className="panel-words">{text('assets.sharing.none')}</p>
  return (
    <>
      {items.length === 0 ? null : (
        <ul className="panel-list" aria-label={text('assets.sharing.list')}>
          {items.map((link) => (
            <li key={link.id}>
              <span className="panel-item">
                <strong>{link.title}</strong>
                <small>{factsOf(link, asset, text)}</small>
              </span>
              {link.url === null ? null : (
                <CopyButton words={link.url} label={text('assets.sharing.copy.label', { title: link.title })} />
              )}
            </li>
          ))}
        </ul>
      )}
      {total > items.length ? (
        <p className="panel-words">{text('assets.sharing.more', { count: total - items.length })}</p>
      ) : null}
      {others > 0 ? <p className="panel-words">{text('assets.sharing.others', { count: others })}</p> : null}
    </>
  )
}

function factsOf(link: ShareLink, asset: AssetDetail, text: Text): string {
  const isTarget = link.targets.some(({ id }) => id === asset.id)
  const above = link.targets.find(({ id }) => asset.ancestors.some((folder) => folder.id === id))
  return factLine([
    isTarget
      ? text('assets.sharing.itself')
      : above === undefined
        ? undefined
        : text('assets.sharing.through', { name: above.name === '' ? text('rail.files') : above.name }),
    text('assets.sharing.by', { holder: link.holder.displayName }),
    link.expiresAt === null
      ? text('assets.sharing.always')
      : text('assets.sharing.until', { when: text.moment(link.expiresAt) }),
  ])
}
