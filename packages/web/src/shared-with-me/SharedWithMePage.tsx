import { useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import Copy from '@react-spectrum/s2/icons/Copy'
import OpenIn from '@react-spectrum/s2/icons/OpenIn'
import ShareAndroid from '@react-spectrum/s2/icons/ShareAndroid'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { copyLink } from '../share-links/link-actions.ts'
import { SearchBox } from '../share-links/SearchBox.tsx'
import { expiresRelatively, expiryWords } from '../share-links/link-words.ts'
import { FailureNote, FailurePage } from '../shell/FailureNote.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { Waiting } from '../shell/Waiting.tsx'
import '../share-links/shared-links.css'
import './shared-with-me.css'

type SharedLink = AnswerOf<'GET /api/v1/shared-with-me'>['items'][number]

const sharedWithMeQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['shared-with-me', search],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/v1/shared-with-me', {
        query: { search, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })

/** The links of others that are meant for people with an account. */
export function SharedWithMePage(): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const { search = '' } = useSearch({ from: '/signed-in/shared-with-me' })
  usePageTitle(text('rail.sharedWithMe'))
  const look = useCallback(
    (words: string) =>
      void navigate({ to: '/shared-with-me', search: { search: words === '' ? undefined : words }, replace: true }),
    [navigate],
  )
  return (
    <>
      <h1 className="page-title">{text('rail.sharedWithMe')}</h1>
      <div className="links-tools">
        <div className="links-tools-row">
          <SearchBox label={text('links.search')} value={search} onSearch={look} />
        </div>
      </div>
      <SharedLinks search={search} />
    </>
  )
}

function SharedLinks({ search }: { search: string }): ReactNode {
  const text = useText()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(sharedWithMeQuery(search))
  const links = data?.pages.flatMap(({ items }) => items) ?? []
  const isEmptySoFar = links.length === 0 && hasNextPage && !isFetching && error === null
  useEffect(() => {
    // A page on which all links have stopped opening is empty, and not the last.
    if (isEmptySoFar) void fetchNextPage()
  }, [isEmptySoFar, fetchNextPage])
  if (data === undefined || (links.length === 0 && hasNextPage)) {
    return error === null ? <Waiting /> : <FailurePage failure={error} onRetry={() => void refetch()} />
  }
  if (links.length === 0) {
    return search === '' ? (
      <EmptyState icon={<ShareAndroid />} title={text('withMe.none')} words={text('withMe.none.text')} />
    ) : (
      <EmptyState icon={<ShareAndroid />} title={text('links.noMatch', { search })} />
    )
  }
  return (
    <>
      <FailureNote failure={error} onRetry={() => void fetchNextPage()} />
      <SharedGrid
        links={links}
        hasMore={hasNextPage}
        // What failed waits to be asked for.
        onMore={() => error === null && !isFetching && void fetchNextPage()}
      />
    </>
  )
}

function SharedGrid(props: { links: readonly SharedLink[]; hasMore: boolean; onMore: () => void }): ReactNode {
  const { links, hasMore, onMore } = props
  const text = useText()
  const isNarrow = useNarrow()
  const onVisible = (_start: number, end: number) => {
    if (hasMore && end > links.length) onMore()
  }
  return (
    <VirtualGrid<SharedLink>
      label={text('rail.sharedWithMe')}
      loadingText={text('app.loading')}
      count={links.length + (hasMore ? 1 : 0)}
      layout={{ kind: 'rows', height: 72 }}
      insets={{ top: isNarrow ? 56 : 64, bottom: isNarrow ? 64 : 0 }}
      at={(index) => links[index]}
      idOf={({ id }) => id}
      textOf={(link) => [link.title, fromWords(link, text), expiryWords(link.expiresAt, text)].join(', ')}
      onActivate={(index) => openLink(links[index])}
      onVisible={onVisible}
      renderCell={(link, { current }) => <SharedRow link={link} isCurrent={current} />}
    />
  )
}

function SharedRow({ link, isCurrent }: { link: SharedLink | undefined; isCurrent: boolean }): ReactNode {
  const text = useText()
  if (link === undefined) return <div className="link-row shared-row" aria-hidden="true" />
  return (
    <div className="link-row shared-row">
      <span className="link-row-title">
        <strong title={link.title}>{link.title}</strong>
        <small>{fromWords(link, text)}</small>
      </span>
      <span className="link-row-expiry">
        {expiresRelatively(link.expiresAt, text)}
        <small>{link.expiresAt === null ? '' : text.moment(link.expiresAt)}</small>
      </span>
      <span className="link-row-acts">
        <Button
          variant="quiet"
          aria-label={text('withMe.open', { title: link.title })}
          tabIndex={isCurrent ? 0 : -1}
          onClick={() => openLink(link)}
        >
          <OpenIn />
        </Button>
        <Button
          variant="quiet"
          aria-label={text('link.copy.label', { title: link.title })}
          tabIndex={isCurrent ? 0 : -1}
          onClick={() => void copyLink(link, text)}
        >
          <Copy />
        </Button>
      </span>
    </div>
  )
}

function fromWords({ holder, createdAt }: SharedLink, text: Text): string {
  return text('withMe.from', { name: holder.displayName, when: text.day(createdAt) })
}

function openLink(link: SharedLink | undefined): void {
  if (link !== undefined) window.open(link.url, '_blank', 'noopener,noreferrer')
}
