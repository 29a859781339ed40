import type { ReactNode } from 'react'
import LinkIcon from '@react-spectrum/s2/icons/Link'
import { Button } from '@vitrine/ui/Button.tsx'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { openLinkSharing } from './link-sharing.ts'
import type { ShareTarget } from './link-sharing.ts'

/** Opens the Link Sharing dialog on what is chosen. @param props.targets at least one */
export function ShareLinkButton({ targets }: { targets: readonly ShareTarget[] }): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  return (
    <Button variant="quiet" aria-label={text('shareLink.button')} onClick={() => openLinkSharing(targets)}>
      <LinkIcon />
      {isNarrow ? null : <span>{text('shareLink.button')}</span>}
    </Button>
  )
}
