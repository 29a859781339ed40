import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Link, useRouterState } from '@tanstack/react-router'
import More from '@react-spectrum/s2/icons/More'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import { VitrineMark } from './VitrineMark.tsx'
import { isIn } from './rail-entry.ts'
import type { RailEntry } from './rail-entry.ts'
import { SlotPlace } from './slots.tsx'

const RailSheet = lazyPart(() => import('./RailSheet.tsx'), 'RailSheet')

/** Entries that fit into the bar of a narrow screen, besides "More". */
const MOST_IN_BAR = 4

/** The sections: a column at the start edge, or a bar at the bottom of a narrow screen. */
export function Rail({ entries }: { entries: readonly RailEntry[] }): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const hasRest = entries.length > MOST_IN_BAR + 1
  const inBar = hasRest ? entries.slice(0, MOST_IN_BAR) : entries
  return (
    <nav className="rail" aria-label={text('rail.label')}>
      {isNarrow ? (
        <>
          <RailLinks entries={inBar} />
          {hasRest ? <RailRest entries={entries.slice(MOST_IN_BAR)} /> : null}
        </>
      ) : (
        <>
          <Link to="/" className="rail-name">
            <VitrineMark />
            <span>{text('app.name')}</span>
          </Link>
          <RailLinks entries={entries.filter(({ place }) => place !== 'foot')} />
          <SlotPlace name="tree" className="rail-tree" />
          <RailLinks entries={entries.filter(({ place }) => place === 'foot')} />
        </>
      )}
    </nav>
  )
}

/** Links to sections. */
export function RailLinks({ entries, onFollow }: { entries: readonly RailEntry[]; onFollow?: () => void }): ReactNode {
  const text = useText()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <ul className="rail-links">
      {entries.map((entry) => {
        const isHere = isIn(entry, pathname)
        return (
          <li key={entry.path}>
            <Link
              to={entry.path}
              className="rail-link"
              aria-current={isHere ? (pathname === entry.path ? 'page' : true) : undefined}
              {...(onFollow === undefined ? {} : { onClick: onFollow })}
            >
              <entry.icon />
              <span>{text(entry.label)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

function RailRest({ entries }: { entries: readonly RailEntry[] }): ReactNode {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="rail-link" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        <More />
        <span>{text('rail.more')}</span>
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <RailSheet entries={entries} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
