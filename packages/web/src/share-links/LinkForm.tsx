import { Suspense, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Checkbox } from '@react-spectrum/s2/Checkbox'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { TextField } from '@react-spectrum/s2/TextField'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import { shareLinkAudiences, shareLinkModes } from '@vitrine/domain'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { lazyPart } from '../start/load-part.ts'
import type { LinkEditor } from './link-editor.ts'

const ExpiryField = lazyPart(() => import('./ExpiryField.tsx'), 'ExpiryField')

/** What can be chosen about a link. */
export function LinkForm({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { settings, problem, link } = useSyncExternalStore(editor.subscribe, () => editor.state)
  return (
    <div className="link-form">
      <Suspense fallback={<Waiting />}>
        <ExpiryField
          value={settings.expiresAt}
          bounds={editor.bounds}
          problem={problem}
          onChange={(expiresAt) => editor.choose({ expiresAt })}
        />
      </Suspense>
      <div className="link-form-checks">
        <Checkbox isSelected={settings.originals} onChange={(originals) => editor.choose({ originals })}>
          {text('setting.originals')}
        </Checkbox>
        <Checkbox isSelected={settings.renditions} onChange={(renditions) => editor.choose({ renditions })}>
          {text('setting.renditions')}
        </Checkbox>
      </div>
      <RadioGroup
        label={text('setting.audience')}
        styles={style({ width: 'full' })}
        description={text(`audience.${settings.audience}.text`)}
        value={settings.audience}
        onChange={(value) => editor.choose({ audience: value === 'members' ? 'members' : 'anyone' })}
      >
        {shareLinkAudiences.map((audience) => (
          <Radio key={audience} value={audience}>
            {text(`audience.${audience}`)}
          </Radio>
        ))}
      </RadioGroup>
      <ModeChoice editor={editor} />
      <TextField
        label={text('setting.title')}
        styles={style({ width: 'full' })}
        description={text('setting.title.text')}
        maxLength={255}
        value={settings.title}
        {...(link === undefined ? { placeholder: text('setting.title.default') } : {})}
        onChange={(title) => editor.choose({ title })}
      />
    </div>
  )
}

/** What the link shows of its targets. Fixed contents can be fixed anew; by themselves they never change. */
function ModeChoice({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { settings, link } = useSyncExternalStore(editor.subscribe, () => editor.state)
  const { mode } = settings
  const frozenAt = link?.mode === mode ? link.frozenAt : null
  return (
    <>
      <RadioGroup
        label={text('setting.mode')}
        styles={style({ width: 'full' })}
        description={
          frozenAt === null
            ? text(`mode.${mode}.text`)
            : `${text('link.frozenAt', { mode, when: text.moment(frozenAt) })}. ${text(`mode.${mode}.text`)}`
        }
        value={mode}
        onChange={(value) => editor.choose({ mode: shareLinkModes.find((known) => known === value) ?? 'live' })}
      >
        {shareLinkModes.map((known) => (
          <Radio key={known} value={known}>
            {text(`mode.${known}`)}
          </Radio>
        ))}
      </RadioGroup>
      {frozenAt === null ? null : (
        <Button variant="secondary" onClick={() => void editor.freezeAgain()}>
          {text('mode.again')}
        </Button>
      )}
    </>
  )
}
