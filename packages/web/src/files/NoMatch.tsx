import type { ReactNode } from 'react'
import Search from '@react-spectrum/s2/icons/Search'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useText } from '../language/text.ts'

/** A filter that leaves none. */
export function NoMatch({ filter, onClear }: { filter: string; onClear: () => void }): ReactNode {
  const text = useText()
  return (
    <EmptyState
      icon={<Search />}
      title={text('files.noMatch', { filter })}
      action={
        <Button variant="secondary" onClick={onClear}>
          {text('files.filter.clear')}
        </Button>
      }
    />
  )
}
