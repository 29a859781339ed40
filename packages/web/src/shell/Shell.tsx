import { Suspense, useEffect, useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useIdle } from '@vitrine/ui/use-idle.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useConnectionLost } from '../api/connection.ts'
import { useToldDownloads } from '../downloads/use-told-downloads.ts'
import { useText } from '../language/text.ts'
import { useLiveChanges } from '../live/use-live-changes.ts'
import { NoticesButton } from '../notices/NoticesButton.tsx'
import { railEntries } from '../rail-entries.ts'
import { LinkSharing } from '../share-links/LinkSharing.tsx'
import { lazyPart } from '../start/load-part.ts'
import { UploadsButton } from '../uploads/UploadsButton.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { Rail } from './Rail.tsx'
import { SlotPlace, SlotsProvider } from './slots.tsx'
import { useOwnWishes } from './use-own-wishes.ts'
import './shell.css'

const WorkButton = lazyPart(() => import('../operations/WorkButton.tsx'), 'WorkButton')

/** What is around each page of somebody who is signed in. */
export function Shell(): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const isIdle = useIdle()
  const main = useRef<HTMLElement>(null)
  useOwnWishes()
  useLiveChanges()
  useToldDownloads()
  useFocusOnArrival(main)
  const skip = (event: MouseEvent) => {
    event.preventDefault()
    main.current?.focus()
  }
  return (
    <SlotsProvider>
      <a className="skip-link" href="#main" onClick={skip}>
        {text('app.skip')}
      </a>
      <div className="shell">
        {isNarrow ? null : <Rail entries={railEntries} />}
        <div className="shell-page">
          <header className="shell-head">
            <SlotPlace name="path" className="shell-path" />
            <SlotPlace name="actions" className="shell-actions" />
            {isIdle ? (
              <Suspense fallback={null}>
                <WorkButton />
              </Suspense>
            ) : null}
            <UploadsButton />
            <NoticesButton />
            <AccountMenu />
          </header>
          <LostConnection />
          <main id="main" ref={main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        {isNarrow ? <Rail entries={railEntries} /> : null}
      </div>
      <LinkSharing />
    </SlotsProvider>
  )
}

function LostConnection(): ReactNode {
  const text = useText()
  const isLost = useConnectionLost()
  return <div role="status">{isLost ? <p className="connection-lost">{text('connection.lost')}</p> : null}</div>
}

/** What had the focus may have gone with the page that was left: then the new page has it. */
function useFocusOnArrival(main: { readonly current: HTMLElement | null }): void {
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current !== undefined && before.current !== pathname && document.activeElement === document.body) {
      main.current?.focus({ preventScroll: true })
    }
    before.current = pathname
  }, [main, pathname])
}
