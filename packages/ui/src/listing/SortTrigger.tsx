import { Suspense, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import Sort from '@react-spectrum/s2/icons/Sort'
import { Button } from '../Button.tsx'
import { useIdle } from '../use-idle.ts'
import type { SortMenuProps } from './SortMenu.tsx'
import { sortKeyOf } from './sort-order.ts'

/** The button of the menu of orders; the menu itself comes once the page is idle, or the button is pressed. */
export function SortTrigger<Key extends string>(
  props: SortMenuProps<Key> & {
    /** `SortMenu`, as the page loads parts of itself. */
    readonly part: ComponentType<SortMenuProps<string> & { defaultOpen: boolean }>
  },
): ReactNode {
  const { part: Menu, ...menu } = props
  const isIdle = useIdle()
  const [isWanted, setWanted] = useState(false)
  const button = (
    <Button variant="quiet" aria-label={menu.buttonLabel} onClick={() => setWanted(true)}>
      <Sort />
      {menu.isNarrow ? null : <span>{menu.keys.find(({ key }) => key === sortKeyOf(menu.sort))?.label}</span>}
    </Button>
  )
  if (!isIdle && !isWanted) return button
  return (
    <Suspense fallback={button}>
      <Menu {...menu} onSort={(sort) => menu.onSort(sort as typeof menu.sort)} defaultOpen={isWanted} />
    </Suspense>
  )
}
