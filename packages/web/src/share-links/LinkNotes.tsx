import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import LinkIcon from '@react-spectrum/s2/icons/Link'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import type { LinkEditor } from './link-editor.ts'
import { expiryWords } from './link-words.ts'

/** Offers the link that the person holds on the same targets already. */
export function ExistingLinkNote({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { link } = useSyncExternalStore(editor.subscribe, () => editor.state)
  const [isHidden, setHidden] = useState(false)
  const existing = editor.draft?.existing
  if (existing === null || existing === undefined || link !== undefined || isHidden) return null
  return (
    <div className="sharing-note">
      <LinkIcon />
      <p>
        {text('existing.there', { title: existing.title })} {expiryWords(existing.expiresAt, text)}
      </p>
      <Button variant="secondary" onClick={() => editor.take(existing)}>
        {text('existing.use')}
      </Button>
      <Button variant="quiet" onClick={() => setHidden(true)}>
        {text('existing.new')}
      </Button>
    </div>
  )
}

/** Somebody else has changed the link meanwhile: whose choice counts. */
export function NewerLinkNote({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { newer } = useSyncExternalStore(editor.subscribe, () => editor.state)
  if (newer === undefined) return null
  const changed = new Intl.ListFormat(text.locale).format(newer.changed.map((name) => text(`setting.${name}`)))
  return (
    <div className="sharing-note" role="alert">
      <AlertTriangle />
      <p>{text('newer.there', { changed })}</p>
      <Button variant="secondary" onClick={() => void editor.decide('mine')}>
        {text('newer.mine')}
      </Button>
      <Button variant="quiet" onClick={() => void editor.decide('theirs')}>
        {text('newer.theirs')}
      </Button>
    </div>
  )
}
