import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import Delete from '@react-spectrum/s2/icons/Delete'
import More from '@react-spectrum/s2/icons/More'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { useText } from '../language/text.ts'
import type { AssetDetail } from './asset-queries.ts'
import { useTrashAsset } from './use-trash-asset.ts'
import type { AssetWalk } from './use-walk.ts'

/** The menu of an asset: open from the start, as it is loaded when it is wanted. */
export function AssetMenuList({ asset, walk }: { asset: AssetDetail; walk: AssetWalk }): ReactNode {
  const text = useText()
  const trash = useTrashAsset(asset, walk)
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
      <Button ref={button} className={buttonClass('quiet')} aria-label={text('assets.more')}>
        <More />
      </Button>
      <Menu aria-label={text('assets.more')}>
        <MenuItem textValue={text('assets.trash')} onAction={() => trash.mutate()}>
          <Delete />
          <Text slot="label">{text('assets.trash')}</Text>
        </MenuItem>
      </Menu>
    </MenuTrigger>
  )
}
