import type { ReactNode } from 'react'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import Sort from '@react-spectrum/s2/icons/Sort'
import { useText } from '../language/text.tsx'
import { goTo, usePlace } from '../place/place.ts'
import { directionOf, sortBy, sortKeys, sortKeyOf } from './sort-order.ts'

/** By what the items are ordered, and in which direction. */
export function SortMenu({ defaultOpen, isNarrow }: { defaultOpen: boolean; isNarrow: boolean }): ReactNode {
  const text = useText()
  const { sort } = usePlace()
  const key = sortKeyOf(sort)
  const direction = directionOf(sort)
  const label = text('sort.button', { by: text(`sort.${key}`) })
  return (
    <MenuTrigger align="end" defaultOpen={defaultOpen}>
      <Button className={buttonClass('quiet')} aria-label={label}>
        <Sort />
        {isNarrow ? null : <span>{text(`sort.${key}`)}</span>}
      </Button>
      <Menu aria-label={text('sort.label')}>
        <MenuSection
          aria-label={text('sort.label')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[key]}
          onSelectionChange={(keys) => {
            const chosen = sortKeys.find((known) => keys !== 'all' && keys.has(known))
            if (chosen !== undefined) goTo({ sort: sortBy(chosen, direction) }, 'replace')
          }}
        >
          {sortKeys.map((known) => (
            <MenuItem key={known} id={known} textValue={text(`sort.${known}`)}>
              <Text slot="label">{text(`sort.${known}`)}</Text>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          aria-label={text('sort.ascending')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[direction]}
          onSelectionChange={(keys) => {
            if (keys !== 'all')
              goTo({ sort: sortBy(key, keys.has('descending') ? 'descending' : 'ascending') }, 'replace')
          }}
        >
          <MenuItem id="ascending" textValue={text('sort.ascending')}>
            <Text slot="label">{text('sort.ascending')}</Text>
          </MenuItem>
          <MenuItem id="descending" textValue={text('sort.descending')}>
            <Text slot="label">{text('sort.descending')}</Text>
          </MenuItem>
        </MenuSection>
      </Menu>
    </MenuTrigger>
  )
}
