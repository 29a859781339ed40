import type { ReactNode } from 'react'
import { allowedOf } from '../downloads/allowed-of.ts'
import { DownloadButton } from '../downloads/DownloadButton.tsx'
import { ShareLinkButton } from '../share-links/ShareLinkButton.tsx'
import { Fill } from '../shell/slots.tsx'
import { UploadButton } from '../uploads/UploadButton.tsx'
import { UploadDropArea } from '../uploads/UploadDropArea.tsx'
import type { NodeDetail } from './node-query.ts'

/** What can be done with a folder as a whole: only what whoever looks may do. */
export function FolderDeeds({ node, name }: { node: NodeDetail; name: string }): ReactNode {
  const { id, parent, may } = node
  const folder = { id, name }
  const mayUpload = may.includes('create')
  return (
    <>
      <Fill slot="actions">
        {mayUpload ? <UploadButton folder={folder} /> : null}
        {parent !== null && may.includes('share') ? <ShareLinkButton targets={[node]} /> : null}
        <DownloadButton nodes={{ folder: id }} allowed={allowedOf(node)} />
      </Fill>
      {mayUpload ? <UploadDropArea folder={folder} /> : null}
    </>
  )
}
