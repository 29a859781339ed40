import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import Delete from '@react-spectrum/s2/icons/Delete'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import { useHeight } from '@vitrine/ui/use-height.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { operate } from '../operations/operate.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Missing } from '../shell/Missing.tsx'
import { Fill } from '../shell/slots.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { lazyPart } from '../start/load-part.ts'
import { chosenInTrash } from './chosen-in-trash.ts'
import type { ChosenInTrash } from './chosen-in-trash.ts'
import type { TrashSearch } from './routes.ts'
import { TrashGrid } from './TrashGrid.tsx'
import { TrashTools } from './TrashTools.tsx'
import { trashListing } from './trash-listing.ts'
import { usualSort } from './trash-sorts.ts'
import '@vitrine/ui/listing/tools.css'
import '../files/files.css'
import './trash.css'

const RemoveQuestion = lazyPart(() => import('./RemoveQuestion.tsx'), 'RemoveQuestion')

/** What is in the trash: to be restored, or removed for good. */
export function TrashPage(): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  usePageTitle(text('trash.title'))
  const { sort = usualSort }: TrashSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const wanted = useMemo(() => trashListing(sort), [sort])
  const listing = useVisiblePages(wanted, isSameList)
  const { pages } = listing.shown
  useEffect(() => {
    if (wanted.pages.total !== undefined) wanted.pages.expire()
  }, [wanted])
  const selection = useSelection({ pages, list: 'trash', filter: '' })
  const [asked, setAsked] = useState<ChosenInTrash>()
  const tools = useRef<HTMLDivElement>(null)
  const stuck = useHeight(tools)
  const restore = async ({ selection: nodes, name }: ChosenInTrash) => {
    if (await operate({ kind: 'restore', selection: nodes, name }, text)) selection.clear()
  }
  const remove = async ({ selection: nodes, name }: ChosenInTrash) => {
    setAsked(undefined)
    if (await operate({ kind: 'remove', selection: nodes, name }, text)) selection.clear()
  }
  const chosen = selection.count > 0 ? chosenInTrash(selection.selection, pages) : undefined
  return (
    <div className="trash">
      <Fill slot="actions">
        {pages.total === undefined || pages.total === 0 ? null : (
          <Button
            variant="quiet"
            aria-label={text('trash.empty')}
            onClick={() => setAsked(chosenInTrash('all', pages))}
          >
            <Delete />
            {isNarrow ? null : <span>{text('trash.empty')}</span>}
          </Button>
        )}
      </Fill>
      <h1 className="page-title">{text('trash.title')}</h1>
      {pages.total === undefined ? (
        <Missing failure={pages.failure} onRetry={listing.refresh} />
      ) : pages.total === 0 ? (
        <EmptyState icon={<Delete />} title={text('trash.nothing')} words={text('trash.nothing.text')} />
      ) : (
        <>
          <div ref={tools} className="folder-tools">
            <TrashTools
              sort={sort}
              selection={selection}
              total={pages.total}
              isPending={listing.isPending}
              onSort={(next) =>
                void navigate({ to: '/trash', search: { sort: next === usualSort ? undefined : next }, replace: true })
              }
              onRestore={() => chosen && void restore(chosen)}
              onRemove={() => setAsked(chosen)}
            />
          </div>
          <FailureNote failure={pages.failure} onRetry={listing.refresh} />
          <TrashGrid
            pages={pages}
            selection={selection}
            top={stuck + (isNarrow ? 56 : 64)}
            onVisible={listing.onVisible}
            onRestore={(node) =>
              void restore({ selection: { nodes: [node.id] }, count: 1, names: [], name: node.name })
            }
            onRemove={setAsked}
          />
        </>
      )}
      {asked === undefined ? null : (
        <Suspense fallback={null}>
          <RemoveQuestion chosen={asked} onRemove={() => void remove(asked)} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </div>
  )
}

/** There is one trash: its listings differ in their order alone. */
function isSameList(): boolean {
  return true
}
