import { Suspense, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import LinkIcon from '@react-spectrum/s2/icons/Link'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useVisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import type { VisiblePages } from '@vitrine/ui/listing/use-visible-pages.ts'
import { onReturn } from '../api/connection.ts'
import { useText } from '../language/text.ts'
import { useOnLiveChange } from '../live/use-live-changes.ts'
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
  const wanted = useMemo(() => new LinkList({ search, state, order, all }), [search, state, order, all])
  usePageTitle(text('rail.sharedLinks'))
  const list = useVisiblePages(wanted, isSameList)
  const { refresh } = list
  useEffect(() => {
    const ends = [onReturn(refresh), onLinksChanged(refresh)]
    return () => {
      for (const end of ends) end()
    }
  }, [refresh])
  useOnLiveChange((change) => {
    if (change.kind === 'share-links') refresh()
    if (change.kind === 'resync') list.shown.pages.expire(change.before)
  })
  return (
    <>
      <h1 className="page-title">{text('rail.sharedLinks')}</h1>
      <LinksTools counts={list.shown.counts} />
      <Links list={list} />
      <LinkQuestions />
      <LinkDetails />
    </>
  )
}

/** All lists of links stand in one place, whatever they are narrowed to. */
function isSameList(): boolean {
  return true
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

function Links({ list }: { list: VisiblePages<LinkList> }): ReactNode {
  const { shown, refresh, onVisible } = list
  const { pages, query } = shown
  if (pages.total === undefined) {
    return pages.failure === undefined ? <Waiting /> : <FailurePage failure={pages.failure} onRetry={refresh} />
  }
  return (
    <>
      <FailureNote failure={pages.failure} onRetry={refresh} />
      {pages.total === 0 ? (
        <NoLinks query={query} />
      ) : (
        <SharedLinksGrid pages={pages} isAll={query.all === true} onVisible={onVisible} />
      )}
    </>
  )
}

/** Why there are none, and what one can do. */
function NoLinks({ query: { search, state, all } }: { query: SharedLinksSearch }): ReactNode {
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
