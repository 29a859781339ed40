import { Suspense, useState } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import type { ReactNode } from 'react'
import Clock from '@react-spectrum/s2/icons/Clock'
import Download from '@react-spectrum/s2/icons/Download'
import More from '@react-spectrum/s2/icons/More'
import type { PublicLink } from '@vitrine/api/public'
import { InboxButton } from '../inbox/InboxButton.tsx'
import { useText } from '../language/text.tsx'
import { useIdle } from '@vitrine/ui/use-idle.ts'
import { lazyPart } from '../place/lazy-part.ts'

const SettingsMenu = lazyPart(() => import('./SettingsMenu.tsx'), 'SettingsMenu')

/** What the top of the page shows. */
export interface LinkHeaderProps {
  readonly link: PublicLink | undefined
  readonly isNarrow: boolean
  readonly canDownload: boolean
  readonly isInFolder: boolean
  readonly onDownloadAll: () => void
  readonly onQueueAll: () => void
}

/** The title of the link, and what is always within reach. */
export function LinkHeader(props: LinkHeaderProps): ReactNode {
  const text = useText()
  const title = props.link?.title ?? ''
  return (
    <header className="top-bar">
      <h1 title={title}>{title === '' ? text('link.title.fallback') : title}</h1>
      {props.isNarrow || !props.canDownload ? null : (
        <>
          <Button variant="secondary" onClick={props.onQueueAll}>
            {text('queue.button')}
          </Button>
          <Button variant="accent" onClick={props.onDownloadAll}>
            <Download />
            <DownloadAllText isInFolder={props.isInFolder} />
          </Button>
        </>
      )}
      <InboxButton isNarrow={props.isNarrow} />
      <Settings />
    </header>
  )
}

/** What "all" means where the visitor is. */
export function DownloadAllText({ isInFolder }: { isInFolder: boolean }): ReactNode {
  const text = useText()
  return <span>{text(isInFolder ? 'queue.folder' : 'queue.all')}</span>
}

/** What there is to know about the link. */
export function LinkFacts({
  link,
  count,
  size,
}: {
  link: PublicLink | undefined
  count: number | undefined
  size: number | undefined
}): ReactNode {
  const text = useText()
  if (link === undefined || count === undefined) return <p className="facts">&nbsp;</p>
  const expiry =
    link.expiresAt === null ? text('link.expires.never') : text('link.expires', { when: text.moment(link.expiresAt) })
  return (
    <p className="facts">
      <span>{text('link.items', { count })}</span>
      {size === undefined || size === 0 ? null : <span>{text.bytes(size)}</span>}
      {link.sharedBy === '' ? null : <span>{text('link.sharedBy', { name: link.sharedBy })}</span>}
      <span>{expiry}</span>
    </p>
  )
}

/** Says that files are still arriving. */
export function FillingBanner({ link }: { link: PublicLink | undefined }): ReactNode {
  const text = useText()
  const filling = link?.filling
  if (!filling) return null
  const share = filling.total > 0 ? filling.done / filling.total : undefined
  return (
    <div className="filling" role="status">
      <Clock />
      <span>
        <strong>{text(share === undefined ? 'link.filling.counting' : 'link.filling', filling)}</strong>{' '}
        {text('link.filling.hint')}
      </span>
      {share === undefined ? null : <progress value={share} aria-hidden="true" />}
    </div>
  )
}

function Settings(): ReactNode {
  const text = useText()
  const [isWanted, setWanted] = useState(false)
  const isIdle = useIdle()
  const button = (
    <Button variant="quiet" aria-label={text('settings.label')} onClick={() => setWanted(true)}>
      <More />
    </Button>
  )
  if (!isIdle && !isWanted) return button
  return (
    <Suspense fallback={button}>
      <SettingsMenu defaultOpen={isWanted} />
    </Suspense>
  )
}
