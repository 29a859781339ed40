import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { DialogContainer } from '@react-spectrum/s2/Dialog'
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
  const close = () => setOpen(false)
  if (!allowed.originals && !allowed.renditions) return null
  return (
    <>
      <Button variant="quiet" aria-label={text('downloads.now')} onClick={() => setOpen(true)}>
        <Download />
        {isNarrow ? null : <span>{text('downloads.now')}</span>}
      </Button>
      <DialogContainer onDismiss={close}>
        {isOpen ? (
          <Suspense>
            <DownloadDialog nodes={nodes} allowed={allowed} onClose={close} />
          </Suspense>
        ) : null}
      </DialogContainer>
    </>
  )
}
