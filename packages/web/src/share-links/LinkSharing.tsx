import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { lazyPart } from '../start/load-part.ts'
import { useLinkSharing } from './link-sharing.ts'

const LinkSharingDialog = lazyPart(() => import('./LinkSharingDialog.tsx'), 'LinkSharingDialog')

/** Where the Link Sharing dialog is drawn: around the pages, so that it stays when they change. */
export function LinkSharing(): ReactNode {
  const opening = useLinkSharing()
  const [wasOpen, setWasOpen] = useState(false)
  if (opening !== undefined && !wasOpen) setWasOpen(true)
  if (!wasOpen) return null
  return (
    <Suspense fallback={null}>
      <LinkSharingDialog opening={opening} />
    </Suspense>
  )
}
