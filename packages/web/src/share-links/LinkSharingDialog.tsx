import { useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { FullscreenDialog } from '@react-spectrum/s2/FullscreenDialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { LinkDesk } from './LinkDesk.tsx'
import type { CloseGuard, OnGuard } from './LinkDesk.tsx'
import { LinkEditor } from './link-editor.ts'
import type { LinkDraft } from './link-editor.ts'
import { closeLinkSharing } from './link-sharing.ts'
import type { LinkSharingOpening, ShareTarget } from './link-sharing.ts'
import type { ShareLink } from './link-settings.ts'
import { RefusedTargets } from './RefusedTargets.tsx'
import { draftQuery, linkQuery } from './shared-link-queries.ts'
import './link-sharing.css'

/** The dialog in which a link is made, or its settings are changed. */
export function LinkSharingDialog({ opening }: { opening: LinkSharingOpening | undefined }): ReactNode {
  const guard = useRef<CloseGuard>(undefined)
  const holdGuard = useCallback((next: CloseGuard | undefined) => {
    guard.current = next
  }, [])
  const close = async () => {
    if ((await guard.current?.()) !== false) closeLinkSharing()
  }
  return (
    <DialogContainer onDismiss={() => void close()}>
      {opening === undefined ? null : (
        <Frame key={opening.number} onClose={() => void close()}>
          {'linkId' in opening.subject ? (
            <OldLink linkId={opening.subject.linkId} onGuard={holdGuard} />
          ) : (
            <NewLink targets={opening.subject.targets} onGuard={holdGuard} />
          )}
        </Frame>
      )}
    </DialogContainer>
  )
}

function Frame({ children, onClose }: { children: ReactNode; onClose: () => void }): ReactNode {
  const text = useText()
  // As it was when it opened: turning a telephone must not begin it anew.
  const [isNarrow] = useState(useNarrow())
  const parts = (
    <>
      <Heading slot="title">{text('sharing.title')}</Heading>
      <Content>{children}</Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={onClose}>
          {text('app.close')}
        </Button>
      </ButtonGroup>
    </>
  )
  return isNarrow ? (
    <FullscreenDialog variant="fullscreenTakeover">{parts}</FullscreenDialog>
  ) : (
    <Dialog size="XL">{parts}</Dialog>
  )
}

function NewLink({ targets: wanted, onGuard }: { targets: readonly ShareTarget[]; onGuard: OnGuard }): ReactNode {
  const [targets, setTargets] = useState(wanted)
  const ids = targets.map(({ id }) => id)
  const { data, error, refetch } = useQuery(draftQuery(ids))
  if (data !== undefined) {
    return (
      <Drafted
        key={ids.join()}
        targets={targets}
        draft={data}
        onGuard={onGuard}
        onAnew={async () => (await refetch()).data}
      />
    )
  }
  if (error === null) return <Waiting />
  return <RefusedTargets targets={targets} failure={error} onRetry={() => void refetch()} onRest={setTargets} />
}

interface DraftedProps {
  readonly targets: readonly ShareTarget[]
  readonly draft: LinkDraft
  readonly onGuard: OnGuard
  readonly onAnew: () => Promise<LinkDraft | undefined>
}

/** The first draft stays: the one that was shown is the one that is copied. */
function Drafted({ targets, draft, onGuard, onAnew }: DraftedProps): ReactNode {
  const [editor] = useState(
    () =>
      new LinkEditor(
        targets.map(({ id }) => id),
        { draft },
        { latest: draft.latestExpiresAt, mayNever: draft.mayNeverExpire },
      ),
  )
  const renew = async () => {
    const next = await onAnew()
    if (next !== undefined) editor.renew(next)
  }
  return <LinkDesk editor={editor} targets={targets} onGuard={onGuard} onAnew={() => void renew()} />
}

function OldLink({ linkId, onGuard }: { linkId: string; onGuard: OnGuard }): ReactNode {
  const { data, error, refetch } = useQuery(linkQuery(linkId))
  if (data === undefined) {
    return error === null ? <Waiting /> : <FailureNote failure={error} onRetry={() => void refetch()} />
  }
  return <Bounded link={data} onGuard={onGuard} />
}

/** Waits for what may be chosen; where the server does not say it, it says so when something is saved. */
function Bounded({ link, onGuard }: { link: ShareLink; onGuard: OnGuard }): ReactNode {
  const { data, error } = useQuery(draftQuery(link.targets.map(({ id }) => id)))
  if (data === undefined && error === null) return <Waiting />
  return <Opened link={link} draft={data} onGuard={onGuard} />
}

function Opened(props: { link: ShareLink; draft: LinkDraft | undefined; onGuard: OnGuard }): ReactNode {
  const { link, draft, onGuard } = props
  const [editor] = useState(
    () =>
      new LinkEditor(
        link.targets.map(({ id }) => id),
        { link },
        { latest: draft?.latestExpiresAt, mayNever: draft?.mayNeverExpire ?? false },
      ),
  )
  return <LinkDesk editor={editor} targets={link.targets} onGuard={onGuard} />
}
