import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { TextField } from '@react-spectrum/s2/TextField'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import type { TextFieldRef } from '@react-spectrum/s2/TextField'
import { copyText } from '@vitrine/ui/copy-text.ts'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import type { EditorState, LinkDraft, LinkEditor } from './link-editor.ts'
import { changedSettings, settingsOf } from './link-settings.ts'

/** What came of copying. */
type Copied = 'not-yet' | 'refused' | 'failed' | { readonly url: string }

/** The URL, shown from the start; it comes to life when it is copied. */
export function ShareLinkField({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const state = useSyncExternalStore(editor.subscribe, () => editor.state)
  const [copied, setCopied] = useState<Copied>('not-yet')
  const field = useRef<TextFieldRef>(null)
  const line = useRef<HTMLDivElement>(null)
  // Copying is what most come for: Enter does it at once.
  useEffect(() => line.current?.querySelector('button')?.focus(), [])
  const address = addressOf(state, editor.draft)
  /** @param byHand the browser has put it on the clipboard already */
  const copy = async (byHand: boolean) => {
    // First the link, then the clipboard: what is copied opens.
    if (!(await editor.save())) return setCopied('failed')
    const url = addressOf(editor.state, editor.draft)
    if (byHand) return setCopied({ url })
    try {
      await copyText(url)
      setCopied({ url })
    } catch {
      setCopied('refused')
      field.current?.select()
    }
  }
  return (
    <div className="share-link-field">
      <div ref={line} className="share-link-line">
        <TextField
          ref={field}
          label={text('sharing.shareLink')}
          styles={style({ width: 'full' })}
          isReadOnly
          value={address}
          onFocus={() => field.current?.select()}
          onCopy={() => void copy(true)}
        />
        <Button variant="accent" onPress={() => void copy(false)}>
          {text(urlOf(copied) === address ? 'app.copied' : 'app.copy')}
        </Button>
      </div>
      <p className="share-link-state" role="status">
        {stateWords(state, copied, text)}
      </p>
    </div>
  )
}

/** What opens the link, for whoever it is meant for. */
function addressOf({ link, settings }: EditorState, draft: LinkDraft | undefined): string {
  if (link !== undefined) return link.url ?? ''
  return (settings.audience === 'members' ? draft?.membersUrl : draft?.url) ?? ''
}

function stateWords(state: EditorState, copied: Copied, text: Text): string {
  const { link, settings, problem, saves, isSaving } = state
  if (problem !== undefined) return text('sharing.problem')
  if (copied === 'refused') return text('sharing.copyByHand')
  if (link === undefined) return text(copied === 'failed' ? 'sharing.notMade' : 'sharing.notYet')
  if (isSaving || changedSettings(settingsOf(link), settings).length > 0) return text('sharing.saving')
  if (link.state !== 'live') return text(`sharing.${link.state}`)
  const url = urlOf(copied)
  if (url !== undefined && url !== link.url) return text('sharing.otherAddress')
  if (saves > 0) return text('sharing.saved')
  return text(url === undefined ? 'sharing.live' : 'sharing.copied')
}

/** What was copied; undefined: nothing yet. */
function urlOf(copied: Copied): string | undefined {
  return typeof copied === 'object' ? copied.url : undefined
}
