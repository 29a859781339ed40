import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { ROOT_ID } from '@vitrine/domain'
import { useText } from '../../language/text.ts'
import { chosenOf } from '../chosen.ts'
import type { FolderGridProps } from '../FolderGrid.tsx'
import { FolderGrid } from '../FolderGrid.tsx'
import type { FolderListing } from '../folder-listing.ts'
import type { NodeDetail } from '../node-query.ts'
import type { FilesPlace } from '../use-files-search.ts'
import { ColumnCell, columnLayout } from './ColumnRow.tsx'
import { NodeFacts } from './NodeFacts.tsx'
import { PathColumn } from './PathColumn.tsx'
import './columns.css'

/** What the columns show. */
export interface ColumnViewProps extends Omit<FolderGridProps, 'view' | 'column'> {
  readonly node: NodeDetail | undefined
  readonly listing: FolderListing
  readonly place: FilesPlace
}

/** Each folder from the root down to here as a column; the last is the one that is worked in, and beside it what is known of an asset. */
export function ColumnView(props: ColumnViewProps): ReactNode {
  const text = useText()
  const { node, listing, place, selection, ...grid } = props
  const columns = useRef<HTMLDivElement>(null)
  const way = [...(node?.ancestors ?? []), ...(node === undefined ? [] : [{ id: node.id, name: node.name }])]
  const only = selection.count === 1 ? chosenOf(selection.selection, listing).only : undefined
  const parent = node?.ancestors.at(-1)?.id
  useEffect(() => {
    // The column that is worked in, and what is beside it, stay in view.
    columns.current?.scrollTo({ left: columns.current.scrollWidth })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each column more or less moves the end
  }, [way.length, only])
  return (
    <div ref={columns} className="columns" style={{ blockSize: `calc(100dvh - ${props.top + BELOW}px)` }}>
      {way.slice(0, -1).map(({ id, name }, index) => (
        <PathColumn
          key={id}
          folder={id}
          label={id === ROOT_ID ? text('rail.files') : name}
          sort={place.sort}
          next={way[index + 1]?.id}
          onGoTo={place.goTo}
        />
      ))}
      <div className="column">
        <FolderGrid
          {...grid}
          selection={selection}
          view="column"
          column={{
            layout: columnLayout,
            Cell: ColumnCell,
            onLeave: () => parent !== undefined && place.goTo(parent),
          }}
        />
      </div>
      {only?.kind === 'asset' ? <NodeFacts node={only} /> : null}
    </div>
  )
}

/** Room for the page's title and below the columns, in pixels. */
const BELOW = 84
