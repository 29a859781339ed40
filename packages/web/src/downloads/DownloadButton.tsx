import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import Download from '@react-spectrum/s2/icons/Download'
import type { AllowedContents } from '@vitrine/downloads/download-options.ts'
import { Button } from '@vitrine/ui/Button.tsx'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import type { DownloadedNodes } from './use-queue-download.ts'

const DownloadDialog = lazyPart(() => import('./DownloadDialog.tsx'), 'DownloadDialog')

/** Asks what to download of some nodes. @param props.allowed what may be downloaded of at least some of them */
export function DownloadButton({ nodes, allowed }: { nodes: DownloadedNodes; allowed: AllowedContents }): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const [isOpen, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  if (!allowed.originals && !allowed.renditions) return null
  const open = () => {
    setOpen(true)
    setWasOpen(true)
  }
  return (
    <>
      <Button variant="quiet" aria-label={text('downloads.now')} onClick={open}>
        <Download />
        {isNarrow ? null : <span>{text('downloads.now')}</span>}
      </Button>
      {wasOpen ? (
        <Suspense fallback={null}>
          <DownloadDialog isOpen={isOpen} nodes={nodes} allowed={allowed} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
