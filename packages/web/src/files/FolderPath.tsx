import type { ReactNode } from 'react'
import { ROOT_ID } from '@vitrine/domain'
import { PathTrail } from '@vitrine/ui/PathTrail.tsx'
import { useText } from '../language/text.ts'
import type { NodeDetail } from './node-query.ts'
import { folderHref, useFilesPlace } from './use-files-search.ts'

/** The folders from the root down to here, as links. */
export function FolderPath({ node }: { node: NodeDetail }): ReactNode {
  const text = useText()
  const { goTo } = useFilesPlace()
  const steps = [...node.ancestors, { id: node.id, name: node.name }].map(({ id, name }) => ({
    key: id,
    name: id === ROOT_ID ? text('rail.files') : name,
    href: folderHref(id),
  }))
  // At the root the title says it.
  if (steps.length < 2) return null
  return <PathTrail label={text('files.path')} steps={steps} onFollow={({ key }) => goTo(key)} />
}
