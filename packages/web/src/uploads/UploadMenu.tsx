import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import File from '@react-spectrum/s2/icons/File'
import Folder from '@react-spectrum/s2/icons/Folder'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { useText } from '../language/text.ts'

/** What can be uploaded: open from the start, as it is loaded when it is wanted. @param props.children what its button shows */
export function UploadMenu(props: { children: ReactNode; onFiles: () => void; onFolder: () => void }): ReactNode {
  const text = useText()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    // The button that was pressed is gone: the menu gives the focus back to what had it when it opened.
    button.current?.focus()
    // oxlint-disable-next-line react/set-state-in-effect -- it opens once the button has the focus
    setOpen(true)
  }, [])
  return (
    <MenuTrigger align="end" isOpen={isOpen} onOpenChange={setOpen}>
      <Button ref={button} className={buttonClass('secondary', false, 'upload-button')}>
        {props.children}
      </Button>
      <Menu aria-label={text('uploads.button')}>
        <MenuItem textValue={text('uploads.menu.files')} onAction={props.onFiles}>
          <File />
          <Text slot="label">{text('uploads.menu.files')}</Text>
        </MenuItem>
        <MenuItem textValue={text('uploads.menu.folder')} onAction={props.onFolder}>
          <Folder />
          <Text slot="label">{text('uploads.menu.folder')}</Text>
        </MenuItem>
      </Menu>
    </MenuTrigger>
  )
}
