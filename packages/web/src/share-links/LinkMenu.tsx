import type { ReactNode, SyntheticEvent } from 'react'
import { Menu, MenuItem, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import ClockPending from '@react-spectrum/s2/icons/ClockPending'
import Copy from '@react-spectrum/s2/icons/Copy'
import Edit from '@react-spectrum/s2/icons/Edit'
import More from '@react-spectrum/s2/icons/More'
import OpenIn from '@react-spectrum/s2/icons/OpenIn'
import QrCodeIcon from '@react-spectrum/s2/icons/ViewGrid'
import UnLink from '@react-spectrum/s2/icons/UnLink'
import UserAdd from '@react-spectrum/s2/icons/UserAdd'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { useText } from '../language/text.ts'
import { actionsFor, linkActions, runLinkAction } from './link-actions.ts'
import type { LinkAction } from './link-actions.ts'
import type { ShareLink } from './link-settings.ts'

const icons = {
  copy: Copy,
  open: OpenIn,
  qr: QrCodeIcon,
  edit: Edit,
  extend: ClockPending,
  handOver: UserAdd,
  revoke: UnLink,
} as const satisfies Record<LinkAction, unknown>

/** All that can be done with a link. @param props.isReachable by the Tab key */
export function LinkMenu({ link, isReachable }: { link: ShareLink; isReachable: boolean }): ReactNode {
  const text = useText()
  const actions = actionsFor(link)
  if (actions.length === 0) return null
  return (
    // What happens in the menu bubbles through here, wherever it is drawn: the list must not take it for its own.
    <span role="presentation" onKeyDown={keepFromList} onClick={keepFromList} onDoubleClick={keepFromList}>
      <MenuTrigger align="end">
        <Button
          className={buttonClass('quiet')}
          aria-label={text('link.actions', { title: link.title })}
          excludeFromTabOrder={!isReachable}
        >
          <More />
        </Button>
        <Menu
          aria-label={text('link.actions', { title: link.title })}
          onAction={(key) => {
            const action = linkActions.find((known) => known === key)
            if (action !== undefined) runLinkAction(action, link, text)
          }}
        >
          {actions.map((action) => {
            const Icon = icons[action]
            return (
              <MenuItem key={action} id={action} textValue={text(`link.${action}`)}>
                <Icon />
                <Text slot="label">{text(`link.${action}`)}</Text>
              </MenuItem>
            )
          })}
        </Menu>
      </MenuTrigger>
    </span>
  )
}

function keepFromList(event: SyntheticEvent<HTMLElement>): void {
  if (!event.currentTarget.contains(event.target as Node)) event.stopPropagation()
}
