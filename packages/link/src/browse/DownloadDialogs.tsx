import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Checkbox } from '@react-spectrum/s2/Checkbox'
import { CheckboxGroup } from '@react-spectrum/s2/CheckboxGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import { downloadLayouts } from '@vitrine/api/public'
import type { Download, PublicLink } from '@vitrine/api/public'
import { useText } from '../language/text.tsx'
import { offeredRenditions } from './download-options.ts'
import type { DownloadOptions } from './download-options.ts'

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
  const kinds = [...(chosen.originals ? ['originals'] : []), ...chosen.renditions]
  return (
    <Dialog isDismissible={false}>
      {({ close }) => (
        <>
          <Heading slot="title">{text('options.title')}</Heading>
          <Content>
            <div className={style({ display: 'flex', flexDirection: 'column', gap: 24 })}>
              <CheckboxGroup
                label={text('options.contents')}
                value={kinds}
                isInvalid={kinds.length === 0}
                errorMessage={text('options.choose')}
                {...(link.originals ? {} : { description: text('options.originals.denied') })}
                onChange={(values) =>
                  setChosen({
                    ...chosen,
                    originals: values.includes('originals'),
                    renditions: offeredRenditions.filter((name) => values.includes(name)),
                  })
                }
              >
                <Checkbox value="originals" isDisabled={!link.originals}>
                  {text('options.originals')}
                </Checkbox>
                {link.renditions ? <Checkbox value="web.1280">{text('options.web')}</Checkbox> : null}
                {link.renditions ? <Checkbox value="thumbnail.319">{text('options.thumbnail')}</Checkbox> : null}
              </CheckboxGroup>
              <RadioGroup
                label={text('options.layout')}
                value={chosen.layout}
                onChange={(value) =>
                  setChosen({ ...chosen, layout: downloadLayouts.find((layout) => layout === value) ?? 'tree' })
                }
              >
                {downloadLayouts.map((layout) => (
                  <Radio key={layout} value={layout}>
                    {text(`options.layout.${layout}`)}
                  </Radio>
                ))}
              </RadioGroup>
            </div>
          </Content>
          <ButtonGroup>
            <Button variant="secondary" onPress={close}>
              {text('app.cancel')}
            </Button>
            <Button
              variant="accent"
              isDisabled={kinds.length === 0}
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
