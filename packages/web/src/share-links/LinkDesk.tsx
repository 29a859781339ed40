import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { codeOf } from '../api/failure-words.ts'
import { useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { ExistingLinkNote, NewerLinkNote } from './LinkNotes.tsx'
import { LinkForm } from './LinkForm.tsx'
import type { LinkEditor } from './link-editor.ts'
import type { ShareTarget } from './link-sharing.ts'
import { QrCode } from './QrCode.tsx'
import { RecipientPreview } from './RecipientPreview.tsx'
import { OpenAsRecipient } from './OpenAsRecipient.tsx'
import { ShareLinkField } from './ShareLinkField.tsx'

/** Asked before the dialog closes. @returns whether it may */
export type CloseGuard = () => Promise<boolean>

/** Takes the guard; undefined: the dialog may close. */
export type OnGuard = (guard: CloseGuard | undefined) => void

/** All about one link: its URL, its settings, what it shows. */
export function LinkDesk(props: {
  editor: LinkEditor
  targets: readonly ShareTarget[]
  /** Takes what is asked before the dialog closes. */
  onGuard: OnGuard
  /** Asks for another draft, where the one that is shown is out of date. */
  onAnew?: () => void
}): ReactNode {
  const { editor, targets, onGuard, onAnew } = props
  const text = useText()
  const state = useSyncExternalStore(editor.subscribe, () => editor.state)
  const { link, settings, failure, problem, newer } = state
  const isUnsaved = failure !== undefined || problem !== undefined || newer !== undefined
  const isStuck = useCloseGuard(editor, onGuard)
  const isOutOfDate = codeOf(failure) === 'share-link/draft-out-of-date' && onAnew !== undefined
  const wish = {
    targets: targets.map(({ id }) => id),
    originals: settings.originals,
    renditions: settings.renditions,
    ...useHolder(editor),
  }
  return (
    <div className="sharing">
      <ShareLinkField editor={editor} />
      <ExistingLinkNote editor={editor} />
      <NewerLinkNote editor={editor} />
      <FailureNote failure={failure} onRetry={() => void editor.save()} />
      {isOutOfDate ? (
        <Button variant="secondary" onClick={onAnew}>
          {text('sharing.anew')}
        </Button>
      ) : null}
      {isStuck && isUnsaved ? (
        <p className="sharing-note" role="alert">
          {text('sharing.stuck')}
        </p>
      ) : null}
      <div className="sharing-columns">
        <LinkForm editor={editor} />
        <div className="sharing-side">
          <RecipientPreview targets={targets} wish={wish} frozenAt={link?.frozenAt ?? null} />
          <OpenAsRecipient editor={editor} />
          <QrCode editor={editor} key={link?.id} />
        </div>
      </div>
    </div>
  )
}

/** Through whose rights a link looks, where that is somebody else. */
function useHolder({ state: { link } }: LinkEditor): { readonly holder?: string } {
  const { id } = useMe()
  return link === undefined || link.holder.id === id ? {} : { holder: link.holder.id }
}

/** Saves what was chosen before the dialog closes; where that fails it closes the second time. @returns whether it failed */
function useCloseGuard(editor: LinkEditor, onGuard: OnGuard): boolean {
  const [isStuck, setStuck] = useState(false)
  useEffect(() => {
    onGuard(async () => {
      if (editor.state.link === undefined || isStuck || (await editor.save())) return true
      setStuck(true)
      return false
    })
    return () => onGuard(undefined)
  }, [editor, onGuard, isStuck])
  return isStuck
}
