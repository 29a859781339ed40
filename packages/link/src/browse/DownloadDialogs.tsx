import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import type { Download, PublicLink } from '@vitrine/api/public'
import { ContentsChoice } from '@vitrine/downloads/ContentsChoice.tsx'
import { isNothing } from '@vitrine/downloads/download-options.ts'
import type { DownloadOptions } from '@vitrine/downloads/download-options.ts'
import { useText } from '../language/text.tsx'

/** The two questions about a download. */
export interface DownloadDialogsProps {
  readonly link: PublicLink
  readonly options: DownloadOptions
  readonly isChoosing: boolean
  readonly question: Download | undefined
  readonly onOptions: (options: DownloadOptions) => void
  readonly onChosen: () => void
  readonly onAnswer: (yes: boolean) => void
}

/** What to download, and whether to start a very large transfer. */
export function DownloadDialogs(props: DownloadDialogsProps): ReactNode {
  return (
    <>
      <DialogContainer onDismiss={props.onChosen}>
        {props.isChoosing ? (
          <OptionsDialog link={props.link} options={props.options} onOptions={props.onOptions} />
        ) : null}
      </DialogContainer>
      <DialogContainer onDismiss={() => props.onAnswer(false)}>
        {props.question === undefined ? null : <SizeDialog download={props.question} onAnswer={props.onAnswer} />}
      </DialogContainer>
    </>
  )
}

function OptionsDialog({
  link,
  options,
  onOptions,
}: Pick<DownloadDialogsProps, 'link' | 'options' | 'onOptions'>): ReactNode {
  const text = useText()
  const [chosen, setChosen] = useState(options)
  return (
    <Dialog isDismissible={false}>
      {({ close }) => (
        <>
          <Heading slot="title">{text('options.title')}</Heading>
          <Content>
            <ContentsChoice
              allowed={link}
              denied={text('options.originals.denied')}
              chosen={chosen}
              onChange={setChosen}
              text={text}
            />
          </Content>
          <ButtonGroup>
            <Button variant="secondary" onPress={close}>
              {text('app.cancel')}
            </Button>
            <Button
              variant="accent"
              isDisabled={isNothing(chosen)}
              onPress={() => {
                onOptions(chosen)
                close()
              }}
            >
              {text('options.apply')}
            </Button>
          </ButtonGroup>
        </>
      )}
    </Dialog>
  )
}

function SizeDialog({ download, onAnswer }: { download: Download; onAnswer: (yes: boolean) => void }): ReactNode {
  const text = useText()
  const size = text.bytes(download.size)
  return (
    <Dialog>
      <Heading slot="title">{text('confirm.title', { size })}</Heading>
      <Content>{text('confirm.text', { size, count: download.entries })}</Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={() => onAnswer(false)}>
          {text('confirm.later')}
        </Button>
        <Button variant="accent" onPress={() => onAnswer(true)}>
          {text('queue.download')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}
