import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import CloudStateDisconnected from '@react-spectrum/s2/icons/CloudStateDisconnected'
import Clock from '@react-spectrum/s2/icons/Clock'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import Search from '@react-spectrum/s2/icons/Search'
import { RequestFailure } from '@vitrine/api/request'
import { useText } from '../language/text.tsx'
import { goTo } from '../place/place.ts'

/** A folder without items, or a filter that leaves none. */
export function NothingHere({ filter, isFilling }: { filter: string; isFilling: boolean }): ReactNode {
  const text = useText()
  if (filter === '') {
    return isFilling ? (
      <EmptyState icon={<Clock />} title={text('state.empty.filling')} words={text('link.filling.hint')} />
    ) : (
      <EmptyState icon={<FolderOpen />} title={text('state.empty')} />
    )
  }
  return (
    <EmptyState
      icon={<Search />}
      title={text('state.noMatch', { filter })}
      action={
        <Button variant="secondary" onClick={() => goTo({ filter: '' }, 'replace')}>
          {text('state.noMatch.clear')}
        </Button>
      }
    />
  )
}

/** Items that could not be loaded. */
export function LoadFailure({ failure, onRetry }: { failure: unknown; onRetry: () => void }): ReactNode {
  const text = useText()
  const code = failure instanceof RequestFailure ? failure.problem?.code : undefined
  if (code === 'item/not-found') {
    return (
      <EmptyState
        icon={<FolderOpen />}
        title={text('state.folderGone')}
        action={
          <Button variant="secondary" onClick={() => goTo({ folder: undefined, filter: '' }, 'replace')}>
            {text('state.folderGone.back')}
          </Button>
        }
      />
    )
  }
  const [title, words] = wordsOf(failure)
  return (
    <EmptyState
      icon={<CloudStateDisconnected />}
      title={text(title)}
      {...(words === undefined ? {} : { words: text(words) })}
      action={
        <Button variant="secondary" onClick={onRetry}>
          {text('app.retry')}
        </Button>
      }
    />
  )
}

function wordsOf(failure: unknown) {
  if (!(failure instanceof RequestFailure)) return ['state.broken'] as const
  if (failure.kind === 'offline') return ['state.offline', 'state.offline.text'] as const
  return failure.problem?.code === 'request/too-many'
    ? (['state.busy', 'state.busy.text'] as const)
    : (['state.broken'] as const)
}
