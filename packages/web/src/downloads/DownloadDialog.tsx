import { useState } from 'react'
import type { ReactNode } from 'react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { ContentsChoice } from '@vitrine/downloads/ContentsChoice.tsx'
import { isNothing, usualOptions } from '@vitrine/downloads/download-options.ts'
import type { AllowedContents, DownloadOptions } from '@vitrine/downloads/download-options.ts'
import { newDownloadKey } from '@vitrine/downloads/new-download-key.ts'
import { call } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Estimate, isTooMuch } from './Estimate.tsx'
import { useQueueDownload } from './use-queue-download.ts'
import type { DownloadedNodes } from './use-queue-download.ts'
import './download-dialog.css'

/** What is to be downloaded. */
export interface DownloadDialogProps {
  readonly nodes: DownloadedNodes
  readonly allowed: AllowedContents
  readonly onClose: () => void
}

const estimateQuery = (nodes: DownloadedNodes, options: DownloadOptions) =>
  queryOptions({
    queryKey: ['download-estimate', nodes, options],
    queryFn: ({ signal }) =>
      call('POST /api/v1/downloads/estimate', {
        body: { nodes, ...options, renditions: [...options.renditions] },
        signal,
      }),
    enabled: !isNothing(options),
    placeholderData: (former) => former,
    // What is asked for now may be another amount than a moment ago.
    staleTime: 0,
  })

/** Which files, in what folders, and how much that is, before anything is queued. */
export function DownloadDialog({ isOpen, ...shown }: DownloadDialogProps & { isOpen: boolean }): ReactNode {
  return <DialogContainer onDismiss={shown.onClose}>{isOpen ? <Question {...shown} /> : null}</DialogContainer>
}

function Question({ nodes, allowed, onClose }: DownloadDialogProps): ReactNode {
  const text = useText()
  const [options, setOptions] = useState(() => usualOptions(allowed))
  const [key, setKey] = useState(newDownloadKey)
  const estimate = useQuery(estimateQuery(nodes, options))
  const queueing = useQueueDownload(onClose)
  const choose = (chosen: DownloadOptions) => {
    setOptions(chosen)
    setKey(newDownloadKey())
    queueing.reset()
  }
  const queue = (start: boolean) => queueing.mutate({ nodes, options, start, key })
  const isOff = isNothing(options) || queueing.isPending || isTooMuch(estimate.data)
  return (
    <Dialog isDismissible={false} size="M">
      <Heading slot="title">{text('downloads.title')}</Heading>
      <Content>
        <div className="download-dialog">
          <ContentsChoice
            allowed={allowed}
            denied={text('downloads.originals.denied')}
            chosen={options}
            onChange={choose}
            text={text}
          />
          <Estimate estimate={isNothing(options) ? undefined : estimate.data} failure={estimate.error} />
          <FailureNote failure={queueing.error} />
        </div>
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={onClose}>
          {text('app.cancel')}
        </Button>
        <Button variant="secondary" isDisabled={isOff} onPress={() => queue(false)}>
          {text('downloads.queue')}
        </Button>
        <Button variant="accent" isDisabled={isOff} onPress={() => queue(true)}>
          {text('downloads.now')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}
