import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { Button as PlainButton } from '@vitrine/ui/Button.tsx'
import { call } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { endLinkQuestion } from './link-actions.ts'
import { noteLinksChanged } from './link-changes.ts'
import type { ShareLink } from './link-settings.ts'
import { SearchBox } from './SearchBox.tsx'

const holdersQuery = (id: string, name: string) =>
  infiniteQueryOptions({
    queryKey: ['possible-holders', id, name],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/v1/share-links/:id/possible-holders', {
        params: { id },
        query: { name, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })

/** Lets a link look through somebody else's rights: of those who may share all that it shows. */
export function HandOverDialog({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const [name, setName] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const handOver = useHandOver(link)
  const look = useCallback((words: string) => {
    setName(words)
    setTo(null)
  }, [])
  return (
    <Dialog size="M">
      <Heading slot="title">{text('handOver.title', { title: link.title })}</Heading>
      <Content>
        <div className="link-question">
          <p>{text('handOver.text')}</p>
          <SearchBox label={text('handOver.search')} value={name} onSearch={look} />
          <People linkId={link.id} name={name} chosen={to} onChoose={setTo} />
          <FailureNote failure={handOver.error} />
        </div>
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={endLinkQuestion}>
          {text('app.cancel')}
        </Button>
        <Button
          variant="accent"
          isDisabled={to === null || handOver.isPending}
          onPress={() => {
            if (to !== null) handOver.mutate(to)
          }}
        >
          {text('link.handOver')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}

interface PeopleProps {
  readonly linkId: string
  readonly name: string
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

function People({ linkId, name, chosen, onChoose }: PeopleProps): ReactNode {
  const text = useText()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(holdersQuery(linkId, name))
  if (data === undefined) {
    return error === null ? <Waiting /> : <FailureNote failure={error} onRetry={() => void refetch()} />
  }
  const people = data.pages.flatMap(({ items }) => items)
  return (
    <>
      {people.length === 0 && !hasNextPage ? (
        <p role="status">{name === '' ? text('handOver.nobody') : text('handOver.noMatch', { name })}</p>
      ) : (
        <RadioGroup aria-label={text('handOver.people')} value={chosen} onChange={onChoose}>
          {people.map((person) => (
            <Radio key={person.id} value={person.id}>
              {text('handOver.person', { displayName: person.displayName, name: person.name })}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {hasNextPage ? (
        <PlainButton variant="quiet" disabled={isFetching} onClick={() => void fetchNextPage()}>
          {text('handOver.more')}
        </PlainButton>
      ) : null}
    </>
  )
}

/** Whoever gave a link away may not see it any more: then its details are left. */
function useHandOver({ id, title }: ShareLink) {
  const text = useText()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (to: string) => call('POST /api/v1/share-links/:id/hand-over', { params: { id }, body: { to } }),
    onSuccess: () => {
      tell('done', text('handOver.done', { title }))
      endLinkQuestion()
      void navigate({ to: '/shared-links', search: (before) => before, resetScroll: false })
      noteLinksChanged()
    },
  })
}
