import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { SparsePages } from '@vitrine/ui/sparse-pages.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { VirtualGrid } from '@vitrine/ui/VirtualGrid.tsx'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { actionsFor, runLinkAction } from './link-actions.ts'
import type { ShareLink } from './link-settings.ts'
import { endOf, targetWords } from './link-words.ts'
import { SharedLinkRow } from './SharedLinkRow.tsx'

/** Links as rows: Enter shows one, Delete asks whether to revoke it, Tab leads to what else can be done. */
export function SharedLinksGrid(props: {
  pages: SparsePages<ShareLink>
  isAll: boolean
  onVisible: (start: number, end: number) => void
}): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const isNarrow = useNarrow()
  const { pages, isAll, onVisible } = props
  const open = (index: number) => {
    const link = pages.at(index)
    if (link === undefined) return
    void navigate({
      to: '/shared-links/$linkId',
      params: { linkId: link.id },
      search: (before) => before,
      resetScroll: false,
    })
  }
  const onKey = ({ key }: { readonly key: string }, index: number) => {
    const link = pages.at(index)
    if (key !== 'Delete' || link === undefined || !actionsFor(link).includes('revoke')) return false
    runLinkAction('revoke', link, text)
    return true
  }
  return (
    <VirtualGrid<ShareLink>
      label={text('rail.sharedLinks')}
      loadingText={text('app.loading')}
      count={pages.total ?? 0}
      layout={{ kind: 'rows', height: isNarrow ? 96 : 72 }}
      insets={{ top: isNarrow ? 56 : 64, bottom: isNarrow ? 64 : 0 }}
      at={(index) => pages.at(index)}
      idOf={({ id }) => id}
      textOf={(link) => labelOf(link, text)}
      onActivate={open}
      onVisible={onVisible}
      onKey={onKey}
      renderCell={(link, { current }) => <SharedLinkRow link={link} isCurrent={current} isAll={isAll} />}
    />
  )
}

function labelOf(link: ShareLink, text: Text): string {
  return [link.title, text(`state.${link.state}`), endOf(link, text).join(' '), targetWords(link, text)].join(', ')
}
