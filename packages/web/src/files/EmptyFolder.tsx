import type { ReactNode } from 'react'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import { Button } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useText } from '../language/text.ts'

/** A folder without children: what one can do about it. */
export function EmptyFolder({ mayCreate, onNewFolder }: { mayCreate: boolean; onNewFolder: () => void }): ReactNode {
  const text = useText()
  if (!mayCreate) return <EmptyState icon={<FolderOpen />} title={text('files.empty')} />
  return (
    <EmptyState
      icon={<FolderOpen />}
      title={text('files.empty')}
      words={text('files.empty.text')}
      action={
        <Button variant="secondary" onClick={onNewFolder}>
          {text('files.newFolder')}
        </Button>
      }
    />
  )
}
