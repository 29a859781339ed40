import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import Sort from '@react-spectrum/s2/icons/Sort'
import { buttonClass } from '../Button.tsx'
import { directionOf, sortBy, sortKeyOf } from './sort-order.ts'
import type { SortDirection, SortOrder } from './sort-order.ts'

/** What orders a menu offers, and in which words. */
export interface SortMenuProps<Key extends string> {
  /** Of the menu, as "Sort by". */
  readonly label: string
  /** Of its button, as "Sort: Name". */
  readonly buttonLabel: string
  readonly keys: readonly { readonly key: Key; readonly label: string }[]
  readonly directions: Readonly<Record<SortDirection, string>>
  readonly sort: SortOrder<Key>
  readonly isNarrow: boolean
  readonly onSort: (sort: SortOrder<Key>) => void
}

/** By what a list is ordered, and in which direction. */
export function SortMenu<Key extends string>(props: SortMenuProps<Key> & { defaultOpen: boolean }): ReactNode {
  const { keys, directions, sort, onSort } = props
  const key = sortKeyOf(sort)
  const direction = directionOf(sort)
  return (
    <MenuTrigger align="end" defaultOpen={props.defaultOpen}>
      <Button className={buttonClass('quiet')} aria-label={props.buttonLabel}>
        <Sort />
        {props.isNarrow ? null : <span>{keys.find((known) => known.key === key)?.label}</span>}
      </Button>
      <Menu aria-label={props.label}>
        <MenuSection
          aria-label={props.label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[key]}
          onSelectionChange={(chosen) => {
            const found = keys.find((known) => chosen !== 'all' && chosen.has(known.key))
            if (found !== undefined) onSort(sortBy(found.key, direction))
          }}
        >
          {keys.map((known) => (
            <MenuItem key={known.key} id={known.key} textValue={known.label}>
              <Text slot="label">{known.label}</Text>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          aria-label={directions.ascending}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[direction]}
          onSelectionChange={(chosen) => {
            if (chosen !== 'all') onSort(sortBy(key, chosen.has('descending') ? 'descending' : 'ascending'))
          }}
        >
          {(['ascending', 'descending'] as const).map((known) => (
            <MenuItem key={known} id={known} textValue={directions[known]}>
              <Text slot="label">{directions[known]}</Text>
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  )
}
