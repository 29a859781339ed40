import type { ReactNode } from 'react'
import { mostTargets } from '@vitrine/domain'
import { DownloadButton } from '../../downloads/DownloadButton.tsx'
import type { DownloadedNodes } from '../../downloads/use-queue-download.ts'
import { ShareLinkButton } from '../../share-links/ShareLinkButton.tsx'
import { mayAll } from '../chosen.ts'
import type { Chosen } from '../chosen.ts'
import type { FolderListing } from '../folder-listing.ts'

/** Sharing and downloading what is selected. */
export function SelectionDeeds({ chosen, pages }: { chosen: Chosen; pages: FolderListing['pages'] }): ReactNode {
  const targets = targetsOf(chosen, pages)
  const allowed = {
    originals: mayAll(chosen, pages, 'download-original'),
    renditions: mayAll(chosen, pages, 'download-rendition'),
  }
  return (
    <>
      {targets.length > 0 && mayAll(chosen, pages, 'share') ? <ShareLinkButton targets={targets} /> : null}
      <DownloadButton nodes={downloadedOf(chosen)} allowed={allowed} />
    </>
  )
}

/** What a link can be made on: each target is named, so all of them have to be loaded. */
function targetsOf({ has, count }: Chosen, pages: FolderListing['pages']) {
  if (count > mostTargets) return []
  const found = [...pages.loaded()].map(({ item }) => item).filter(({ id }) => has(id))
  return found.length === count ? found.map(({ id, kind, name }) => ({ id, kind, name })) : []
}

function downloadedOf({ selection }: Chosen): DownloadedNodes {
  if ('nodes' in selection) return selection.nodes
  if ('folder' in selection) return selection
  throw new Error('what is in the trash cannot be downloaded')
}
