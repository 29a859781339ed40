import type { ReactNode } from 'react'
import { ColumnHeads } from '@vitrine/ui/listing/ColumnHeads.tsx'
import { useText } from '../language/text.ts'
import type { FilesPlace } from './use-files-search.ts'

/** The heads of the rows' columns: pressing one orders by it. */
export function FolderHeads({ place }: { place: FilesPlace }): ReactNode {
  const text = useText()
  return (
    <ColumnHeads
      label={text('sort.label')}
      columns={COLUMNS.map((key) => ({ key, label: text(`sort.${key}`) }))}
      sort={place.sort}
      stateOf={(by, direction) => text('sort.state', { by, direction })}
      onSort={(sort) => place.change({ sort: sort === 'name' ? undefined : sort })}
    />
  )
}

/** As they stand from left to right. */
const COLUMNS = ['name', 'type', 'size', 'modified'] as const
