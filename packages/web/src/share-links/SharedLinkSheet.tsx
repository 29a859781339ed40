import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import Close from '@react-spectrum/s2/icons/Close'
import File from '@react-spectrum/s2/icons/File'
import Folder from '@react-spectrum/s2/icons/Folder'
import { Button } from '@vitrine/ui/Button.tsx'
import { Sheet } from '@vitrine/ui/Sheet.tsx'
import { useText } from '../language/text.ts'
import { FailurePage } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ClosingCheckReport } from './ClosingCheckReport.tsx'
import { actionsFor, runLinkAction } from './link-actions.ts'
import type { ShareLink } from './link-settings.ts'
import { endOf, expiryWords, troubleWords } from './link-words.ts'
import { StateBadge } from './SharedLinkRow.tsx'
import { linkQuery } from './shared-link-queries.ts'

/** All about one link, over the list. */
export function SharedLinkSheet({ linkId, isOpen }: { linkId: string; isOpen: boolean }): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const { data: link, error, refetch } = useQuery(linkQuery(linkId))
  const close = () => void navigate({ to: '/shared-links', search: (before) => before, resetScroll: false })
  return (
    <Sheet isOpen={isOpen} label={link?.title ?? text('rail.sharedLinks')} onClose={close}>
      <div className="link-sheet">
        <div className="link-sheet-head">
          {link === undefined ? <span /> : <h2>{link.title}</h2>}
          <Button variant="quiet" aria-label={text('app.close')} onClick={close}>
            <Close />
          </Button>
        </div>
        {link === undefined ? (
          error === null ? (
            <Waiting />
          ) : (
            <FailurePage failure={error} onRetry={() => void refetch()} />
          )
        ) : (
          <Details link={link} />
        )}
      </div>
    </Sheet>
  )
}

function Details({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const actions = actionsFor(link)
  return (
    <>
      <p className="link-sheet-state">
        <StateBadge link={link} />
        <span>{link.revokedAt === null ? expiryWords(link.expiresAt, text) : endOf(link, text).join(', ')}</span>
      </p>
      {link.state === 'suspended' ? <Trouble link={link} /> : null}
      {link.url === null ? <p>{text('link.urlHidden')}</p> : <code className="link-sheet-url">{link.url}</code>}
      {actions.length === 0 ? null : (
        <div className="link-sheet-acts">
          {actions.map((action) => (
            <Button
              key={action}
              variant={action === 'copy' ? 'accent' : 'secondary'}
              onClick={() => runLinkAction(action, link, text)}
            >
              {text(`link.${action}`)}
            </Button>
          ))}
        </div>
      )}
      <Targets link={link} />
      <Facts link={link} />
      {link.state === 'revoked' || link.state === 'expired' ? <ClosingCheckReport linkId={link.id} /> : null}
    </>
  )
}

/** Why it does not open, and what can be done. */
function Trouble({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  return (
    <div className="link-trouble" role="status">
      <AlertTriangle />
      <div>
        <p>{text('trouble.title')}</p>
        <ul>
          {troubleWords(link, text).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p>{text('trouble.wayOn')}</p>
      </div>
    </div>
  )
}

function Targets({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  return (
    <section className="link-sheet-targets" aria-label={text('link.targets')}>
      <h3>{text('link.targets')}</h3>
      <ul>
        {link.targets.map(({ id, kind, name, inTrash }) => (
          <li key={id}>
            {kind === 'folder' ? <Folder /> : <File />}
            {kind === 'folder' && !inTrash ? (
              <Link to="/files/$nodeId" params={{ nodeId: id }}>
                {name === '' ? text('rail.files') : name}
              </Link>
            ) : (
              <span>{name}</span>
            )}
            {inTrash ? <small>{text('link.inTrash')}</small> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Facts({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const facts = [
    [text('setting.audience'), text(`audience.${link.audience}`)],
    [text('setting.mode'), modeWords(link, text)],
    [text('setting.originals'), text(link.originals ? 'app.yes' : 'app.no')],
    [text('setting.renditions'), text(link.renditions ? 'app.yes' : 'app.no')],
    [text('link.opened'), text('link.opens', { count: link.opens })],
    [text('link.created'), text('link.byOn', { name: link.creator.displayName, when: text.moment(link.createdAt) })],
    [text('link.holder'), link.holder.displayName],
    ...(link.revokedAt === null ? [] : [[text('link.revokedAt'), text.moment(link.revokedAt)]]),
  ]
  return (
    <dl className="link-sheet-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function modeWords({ mode, frozenAt }: ShareLink, text: ReturnType<typeof useText>): string {
  return frozenAt === null ? text(`mode.${mode}`) : text('link.frozenAt', { mode, when: text.moment(frozenAt) })
}
