import type { ReactNode } from 'react'
import { Checkbox } from '@react-spectrum/s2/Checkbox'
import { CheckboxGroup } from '@react-spectrum/s2/CheckboxGroup'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { style } from '@react-spectrum/s2/style' with { type: 'macro' }
import { downloadLayouts } from '@vitrine/api/public'
import type { Words } from '@vitrine/ui/language/text.tsx'
import { isNothing, offeredRenditions } from './download-options.ts'
import type { AllowedContents, DownloadOptions } from './download-options.ts'
import type { DownloadMessageId } from './messages.en.ts'

/** What is chosen, out of what. */
export interface ContentsChoiceProps {
  readonly allowed: AllowedContents
  /** Why originals are not allowed. */
  readonly denied: string
  readonly chosen: DownloadOptions
  readonly onChange: (chosen: DownloadOptions) => void
  readonly text: Words<DownloadMessageId>
}

/** Which files of each asset to download, and in what folders. */
export function ContentsChoice({ allowed, denied, chosen, onChange, text }: ContentsChoiceProps): ReactNode {
  return (
    <div className={style({ display: 'flex', flexDirection: 'column', gap: 24 })}>
      <CheckboxGroup
        label={text('options.contents')}
        value={[...(chosen.originals ? ['originals'] : []), ...chosen.renditions]}
        isInvalid={isNothing(chosen)}
        errorMessage={text('options.choose')}
        {...(allowed.originals ? {} : { description: denied })}
        onChange={(values) =>
          onChange({
            ...chosen,
            originals: values.includes('originals'),
            renditions: offeredRenditions.filter((name) => values.includes(name)),
          })
        }
      >
        <Checkbox value="originals" isDisabled={!allowed.originals}>
          {text('options.originals')}
        </Checkbox>
        {allowed.renditions ? <Checkbox value="web.1280">{text('options.web')}</Checkbox> : null}
        {allowed.renditions ? <Checkbox value="thumbnail.319">{text('options.thumbnail')}</Checkbox> : null}
      </CheckboxGroup>
      <RadioGroup
        label={text('options.layout')}
        value={chosen.layout}
        onChange={(value) => onChange({ ...chosen, layout: downloadLayouts.find((one) => one === value) ?? 'tree' })}
      >
        {downloadLayouts.map((layout) => (
          <Radio key={layout} value={layout}>
            {text(`options.layout.${layout}`)}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  )
}
