import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Picker, PickerItem } from '@react-spectrum/s2/Picker'
import { Switch } from '@react-spectrum/s2/Switch'
import { useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import type { LinkCounts } from './link-list.ts'
import { linkSorts, linkStates } from './links-search.ts'
import type { SharedLinksSearch } from './links-search.ts'
import { SearchBox } from './SearchBox.tsx'

/** Which links are shown, and in which order: all of it is in the address. */
export function LinksTools({ counts }: { counts: LinkCounts | undefined }): ReactNode {
  const text = useText()
  const { globalPrivileges } = useMe()
  const { search = '', order = '-created', all } = useSearch({ from: '/signed-in/shared-links' })
  const change = useChangeSearch()
  const look = useCallback((words: string) => change({ search: words === '' ? undefined : words }), [change])
  return (
    <div className="links-tools">
      <StateFilter counts={counts} />
      <div className="links-tools-row">
        <SearchBox label={text('links.search')} value={search} onSearch={look} />
        <Picker
          aria-label={text('links.sort')}
          selectedKey={order}
          onSelectionChange={(key) => change({ order: linkSorts.find((one) => one === key) })}
        >
          {linkSorts.map((one) => (
            <PickerItem key={one} id={one}>
              {text(`links.sort.${one}`)}
            </PickerItem>
          ))}
        </Picker>
        {globalPrivileges.includes('share-links/view-all') ? (
          <Switch isSelected={all === true} onChange={(isAll) => change({ all: isAll ? true : undefined })}>
            {text('links.all')}
          </Switch>
        ) : null}
      </div>
    </div>
  )
}

function StateFilter({ counts }: { counts: LinkCounts | undefined }): ReactNode {
  const text = useText()
  const { state } = useSearch({ from: '/signed-in/shared-links' })
  const change = useChangeSearch()
  const total = counts === undefined ? undefined : Object.values(counts).reduce((sum, count) => sum + count, 0)
  const offered = [
    { of: undefined, label: text('links.anyState'), count: total },
    ...linkStates.map((of) => ({ of, label: text(`state.${of}`), count: counts?.[of] })),
  ]
  return (
    <div className="state-filter" role="group" aria-label={text('links.state')}>
      {offered.map(({ of, label, count }) => (
        <button key={of ?? 'all'} type="button" aria-pressed={of === state} onClick={() => change({ state: of })}>
          {label} {count === undefined ? null : <span>{count.toLocaleString(text.locale)}</span>}
        </button>
      ))}
    </div>
  )
}

function useChangeSearch(): (change: SharedLinksSearch) => void {
  const navigate = useNavigate()
  return useCallback(
    (change) =>
      void navigate({
        to: '.',
        search: (before: SharedLinksSearch) => ({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
}
