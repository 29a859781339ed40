import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useText } from '../../language/text.ts'
import { versionsQuery } from '../asset-queries.ts'
import type { AssetDetail } from '../asset-queries.ts'
import { dimensionsOf, typeOf } from '../../files/node-words.ts'
import { CopyButton } from './CopyButton.tsx'

/** What is known of an asset. */
export function Properties({ asset }: { asset: AssetDetail }): ReactNode {
  const text = useText()
  const { data } = useQuery(versionsQuery(asset.id))
  const first = data?.items.at(-1)?.creator.displayName
  const last = data?.items[0]?.creator.displayName
  const facts: readonly (readonly [string, string | undefined])[] = [
    [text('assets.name'), asset.name],
    [text('assets.place'), asset.path.slice(0, asset.path.lastIndexOf('/')) || '/'],
    [text('assets.type'), `${typeOf(asset, text)} (${asset.mediaType ?? ''})`],
    [text('assets.size'), text.bytes(asset.size ?? 0)],
    [text('assets.pixels'), dimensionsOf(asset, text)],
    [text('assets.modified'), text.moment(asset.modifiedAt)],
    [text('assets.created'), text.moment(asset.createdAt)],
    [text('assets.createdBy'), first],
    [text('assets.changedBy'), last],
  ]
  return (
    <dl className="panel-facts">
      {facts.map(([term, words]) =>
        words === undefined ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ),
      )}
      {asset.sha256 === undefined ? null : (
        <div>
          <dt>{text('assets.sha256')}</dt>
          <dd>
            <code>{asset.sha256}</code>
            <CopyButton words={asset.sha256} label={text('assets.sha256.copy')} />
          </dd>
        </div>
      )}
    </dl>
  )
}
