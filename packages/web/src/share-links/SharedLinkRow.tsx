import type { ReactNode } from 'react'
import Copy from '@react-spectrum/s2/icons/Copy'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { actionsFor, runLinkAction } from './link-actions.ts'
import { LinkMenu } from './LinkMenu.tsx'
import type { ShareLink } from './link-settings.ts'
import { endOf, settingsWords, targetWords } from './link-words.ts'

/** One link of the list. @param props.isCurrent what can be done with it is within reach of the Tab key */
export function SharedLinkRow(props: { link: ShareLink | undefined; isCurrent: boolean; isAll: boolean }): ReactNode {
  const { link, isCurrent, isAll } = props
  const text = useText()
  if (link === undefined) return <div className="link-row" aria-hidden="true" />
  const [end, when] = endOf(link, text)
  return (
    <div className="link-row">
      <span className="link-row-title">
        <strong title={link.title}>{link.title}</strong>
        <small title={targetWords(link, text)}>
          {isAll ? `${link.holder.displayName} · ` : ''}
          {targetWords(link, text)}
        </small>
      </span>
      <span className="link-row-state">
        <StateBadge link={link} />
      </span>
      <span className="link-row-expiry">
        {end}
        <small>{when}</small>
      </span>
      <span className="link-row-opens">{text('link.opens', { count: link.opens })}</span>
      <small className="link-row-settings">{settingsWords(link, text)}</small>
      <span className="link-row-acts">
        {actionsFor(link).includes('copy') ? (
          <Button
            variant="quiet"
            aria-label={text('link.copy.label', { title: link.title })}
            tabIndex={isCurrent ? 0 : -1}
            onClick={() => runLinkAction('copy', link, text)}
          >
            <Copy />
          </Button>
        ) : null}
        <LinkMenu link={link} isReachable={isCurrent} />
      </span>
    </div>
  )
}

/** What has become of a link, in a word. */
export function StateBadge({ link }: { link: Pick<ShareLink, 'state'> }): ReactNode {
  const text = useText()
  return (
    <span className="state-badge" data-state={link.state}>
      {text(`state.${link.state}`)}
    </span>
  )
}
