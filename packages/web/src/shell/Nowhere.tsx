import type { ReactNode } from 'react'
import FolderOpen from '@react-spectrum/s2/icons/FolderOpen'
import { Link } from '@tanstack/react-router'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { EmptyState } from '@vitrine/ui/EmptyState.tsx'
import { useText } from '../language/text.ts'
import { usePageTitle } from './use-page-title.ts'

/** An address without a page. */
export function Nowhere(): ReactNode {
  const text = useText()
  usePageTitle(text('failure.nowhere'))
  return (
    <EmptyState
      icon={<FolderOpen />}
      level={1}
      title={text('failure.nowhere')}
      words={text('failure.nowhere.text')}
      action={
        <Link to="/" className={buttonClass('secondary')}>
          {text('failure.home')}
        </Link>
      }
    />
  )
}
