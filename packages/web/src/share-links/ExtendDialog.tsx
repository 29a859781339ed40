import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { getLocalTimeZone } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { ExpiryField } from './ExpiryField.tsx'
import { expiryAfter, expiryChoices, extendedFrom } from './expiry-choices.ts'
import { endLinkQuestion } from './link-actions.ts'
import { LinkEditor } from './link-editor.ts'
import { problemOf } from './link-settings.ts'
import type { ShareLink } from './link-settings.ts'
import { expiryWords } from './link-words.ts'
import { NewerLinkNote } from './LinkNotes.tsx'
import { draftQuery } from './shared-link-queries.ts'

/** Lets a link live longer, in one step; the same URL. */
export function ExtendDialog({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const { data: draft } = useQuery(draftQuery(link.targets.map(({ id }) => id)))
  const bounds = { latest: draft?.latestExpiresAt, mayNever: draft?.mayNeverExpire ?? false }
  const [openedAt] = useState(() => Date.now())
  const [choice, setChoice] = useState<string>('week')
  const [other, setOther] = useState<string | null | undefined>(link.expiresAt)
  const editor = useSavingEditor(link)
  const { failure } = useSyncExternalStore(editor.subscribe, () => editor.state)
  const offered = expiryChoices.map((one) => ({
    one,
    when: expiryAfter(one, extendedFrom(link.expiresAt, openedAt), getLocalTimeZone(), bounds.latest),
  }))
  const wanted = choice === 'other' ? other : offered.find(({ one }) => one === choice)?.when
  const problem = problemOf({ expiresAt: wanted }, bounds, openedAt)
  const extend = () => {
    editor.choose({ expiresAt: wanted })
    void editor.save()
  }
  return (
    <Dialog size="M">
      <Heading slot="title">{text('extend.title', { title: link.title })}</Heading>
      <Content>
        <div className="link-question">
          <p>{expiryWords(link.expiresAt, text)}</p>
          <RadioGroup label={text('extend.by')} value={choice} onChange={setChoice}>
            {offered.map(({ one, when }) => (
              <Radio key={one} value={one}>
                {text('extend.choice', { length: text(`expiry.choice.${one}`), when: text.moment(when) })}
              </Radio>
            ))}
            <Radio value="other">{text('extend.other')}</Radio>
          </RadioGroup>
          {choice === 'other' ? (
            <ExpiryField value={other} bounds={bounds} problem={problem} onChange={setOther} />
          ) : null}
          <NewerLinkNote editor={editor} />
          <FailureNote failure={failure} onRetry={extend} />
        </div>
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={endLinkQuestion}>
          {text('app.cancel')}
        </Button>
        <Button variant="accent" isDisabled={problem !== undefined} onPress={extend}>
          {text('link.extend')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}

/** Closes the dialog, and says so, once the expiry is saved. */
function useSavingEditor(link: ShareLink): LinkEditor {
  const text = useText()
  const [editor] = useState(
    () =>
      new LinkEditor(
        link.targets.map(({ id }) => id),
        { link },
        { latest: undefined, mayNever: true },
      ),
  )
  useEffect(
    () =>
      editor.subscribe(() => {
        const { saves, isSaving, link: now } = editor.state
        if (saves === 0 || isSaving || now === undefined) return
        tell('done', text('extend.done', { title: now.title, expiry: expiryWords(now.expiresAt, text) }))
        endLinkQuestion()
      }),
    [editor, text],
  )
  return editor
}
