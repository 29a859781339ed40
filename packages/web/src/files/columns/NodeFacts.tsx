import type { ReactNode } from 'react'
import { ItemArt } from '@vitrine/ui/listing/ItemArt.tsx'
import { useText } from '../../language/text.ts'
import type { ListedNode } from '../folder-listing.ts'
import { dimensionsOf, extentOf, typeOf } from '../node-words.ts'

/** What is known of an asset, beside its column. */
export function NodeFacts({ node }: { node: ListedNode }): ReactNode {
  const text = useText()
  const facts = [
    [text('sort.type'), typeOf(node, text)],
    [text('sort.size'), extentOf(node, text)],
    [text('files.dimensions.label'), dimensionsOf(node, text)],
    [text('sort.modified'), text.moment(node.modifiedAt)],
  ] as const
  return (
    <section className="column node-facts" aria-label={text('files.facts', { name: node.name })}>
      <div className="node-picture">
        <ItemArt item={node} />
      </div>
      <h2>{node.name}</h2>
      <dl>
        {facts
          .filter(([, fact]) => fact !== undefined)
          .map(([label, fact]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
