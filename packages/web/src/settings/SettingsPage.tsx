import type { ReactNode } from 'react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useText } from '../language/text.ts'
import { usePageTitle } from '../shell/use-page-title.ts'
import { sections } from './sections.ts'
import './settings.css'

/** What somebody may decide about themselves, in sections. */
export function SettingsPage(): ReactNode {
  const text = useText()
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const here = sections.find(({ path }) => path === pathname)
  usePageTitle(text(here?.label ?? 'rail.settings'))
  return (
    <>
      <h1 className="page-title">{text('rail.settings')}</h1>
      <div className="settings">
        <nav className="settings-nav" aria-label={text('settings.sections')}>
          <ul>
            {sections.map(({ path, label }) => (
              <li key={path}>
                <Link to={path} aria-current={path === pathname ? 'page' : undefined}>
                  {text(label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-section">
          <Outlet />
        </div>
      </div>
    </>
  )
}
