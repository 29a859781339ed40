import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { useText } from '../language/text.ts'
import { endLinkQuestion } from './link-actions.ts'
import type { ShareLink } from './link-settings.ts'
import { QrPicture } from './QrCode.tsx'

/** The QR code of a link. */
export function QrDialog({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  return (
    <Dialog size="S">
      <Heading slot="title">{link.title}</Heading>
      <Content>
        <QrPicture link={link} />
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={endLinkQuestion}>
          {text('app.close')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}
