import type { ReactNode } from 'react'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useText } from '../language/text.ts'

/** For whoever may not see the root: it is the first page after signing in, and no mistake of theirs. */
export function NothingSeen(): ReactNode {
  const text = useText()
  return (
    <>
      <h1 className="page-title">{text('rail.files')}</h1>
      <EmptyState icon={<FolderOpen />} title={text('files.noRoot')} words={text('files.noRoot.text')} />
    </>
  )
}
