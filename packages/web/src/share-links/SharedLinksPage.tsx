import { Suspense, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import LinkIcon from '@react-spectrum/s2/icons/Link'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { usePagesVersion } from '@vitrine/ui/use-sparse-pages.ts'
import { onReturn } from '../api/connection.ts'
import { useText } from '../language/text.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import { onLinksChanged } from './link-changes.ts'
import { LinkList } from './link-list.ts'
import { LinkQuestions } from './LinkQuestions.tsx'
import type { SharedLinksSearch } from './links-search.ts'
import { LinksTools } from './LinksTools.tsx'
import { SharedLinksGrid } from './SharedLinksGrid.tsx'
import './shared-links.css'

const SharedLinkSheet = lazyPart(() => import('./SharedLinkSheet.tsx'), 'SharedLinkSheet')

/** The links that one holds, or all. */
export function SharedLinksPage(): ReactNode {
  const text = useText()
  const { search, state, order, all } = useSearch({ from: '/signed-in/shared-links' })
  const list = useMemo(() => new LinkList({ search, state, order, all }), [search, state, order, all])
  usePageTitle(text('rail.sharedLinks'))
  usePagesVersion(list.pages)
  useEffect(() => {
    const again = () => list.refresh()
    list.look(0, 1)
    const ends = [onReturn(again), onLinksChanged(again)]
    return () => {
      for (const end of ends) end()
    }
  }, [list])
  return (
    <>
      <h1 className="page-title">{text('rail.sharedLinks')}</h1>
      <LinksTools counts={list.counts} />
      <Links list={list} wanted={{ search, state, all }} />
      <LinkQuestions />
      <LinkDetails />
    </>
  )
}

/** The link that the address names; while its sheet goes away it is still the last one. */
function LinkDetails(): ReactNode {
  const { linkId } = useParams({ strict: false })
  const [last, setLast] = useState(linkId)
  if (linkId !== undefined && linkId !== last) setLast(linkId)
  if (last === undefined) return null
  return (
    <Suspense fallback={null}>
      <SharedLinkSheet linkId={last} isOpen={linkId !== undefined} />
    </Suspense>
  )
}

function Links({ list, wanted }: { list: LinkList; wanted: SharedLinksSearch }): ReactNode {
  const { pages } = list
  const again = () => list.refresh()
  if (pages.total === undefined) {
    return pages.failure === undefined ? <Waiting /> : <FailurePage failure={pages.failure} onRetry={again} />
  }
  return (
    <>
      <FailureNote failure={pages.failure} onRetry={again} />
      {pages.total === 0 ? <NoLinks wanted={wanted} /> : <SharedLinksGrid list={list} isAll={wanted.all === true} />}
    </>
  )
}

/** Why there are none, and what one can do. */
function NoLinks({ wanted: { search, state, all } }: { wanted: SharedLinksSearch }): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  if (search === undefined && state === undefined) {
    return (
      <EmptyState
        icon={<LinkIcon />}
        title={text(all === true ? 'links.noneAtAll' : 'links.none')}
        words={text('links.none.text')}
        action={
          <Button variant="accent" onClick={() => void navigate({ to: '/files' })}>
            {text('links.toFiles')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={<LinkIcon />}
      title={search === undefined ? text('links.noneOfState') : text('links.noMatch', { search })}
      action={
        <Button
          variant="secondary"
          onClick={() =>
            void navigate({
              to: '/shared-links',
              search: (before) => ({ ...before, search: undefined, state: undefined }),
            })
          }
        >
          {text('links.showAll')}
        </Button>
      }
    />
  )
}
