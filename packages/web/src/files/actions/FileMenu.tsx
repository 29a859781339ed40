import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import Copy from '@react-spectrum/s2/icons/Copy'
import Cut from '@react-spectrum/s2/icons/Cut'
import Delete from '@react-spectrum/s2/icons/Delete'
import FolderMoveTo from '@react-spectrum/s2/icons/FolderMoveTo'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import Rename from '@react-spectrum/s2/icons/Rename'
import { Menu, MenuItem, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import { Button } from 'react-aria-components/Button'
import { useText } from '../../language/text.ts'
import type { FileAction } from './file-actions.ts'

const ICONS: Readonly<Record<FileAction, ComponentType>> = {
  open: FolderOpen,
  rename: Rename,
  move: FolderMoveTo,
  copy: Copy,
  cut: Cut,
  take: Copy,
  trash: Delete,
}

/** A point of the window, in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What can be done with what was chosen, at a point of the window. The focus goes back to what had it. */
export function FileMenu(props: {
  at: Point
  label: string
  actions: readonly FileAction[]
  onAction: (action: FileAction) => void
  onClose: () => void
}): ReactNode {
  const text = useText()
  const { at, label, actions, onAction, onClose } = props
  const [isOpen, setOpen] = useState(false)
  // oxlint-disable-next-line react/set-state-in-effect -- it opens once the point that it hangs on is drawn
  useEffect(() => setOpen(true), [])
  return (
    <MenuTrigger
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        if (!open) onClose()
      }}
    >
      <Button
        aria-label={label}
        excludeFromTabOrder
        className="file-menu-point"
        style={{ insetInlineStart: undefined, left: at.x, top: at.y }}
      />
      <Menu aria-label={label} onAction={(key) => actions.includes(key as FileAction) && onAction(key as FileAction)}>
        {actions.map((action) => {
          const Icon = ICONS[action]
          return (
            <MenuItem key={action} id={action} textValue={text(`action.${action}`)}>
              <Icon />
              <Text slot="label">{text(`action.${action}`)}</Text>
            </MenuItem>
          )
        })}
      </Menu>
    </MenuTrigger>
  )
}
