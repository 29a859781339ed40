import { useState } from 'react'
import type { ReactNode } from 'react'
import { getLocalTimeZone, now, parseAbsolute } from '@internationalized/date'
import type { ZonedDateTime } from '@internationalized/date'
import { Checkbox } from '@react-spectrum/s2/Checkbox'
import { DatePicker } from '@react-spectrum/s2/DatePicker'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { expiryAfter, expiryChoices } from './expiry-choices.ts'
import type { ExpiryChoice } from './expiry-choices.ts'
import type { ExpiryBounds, SettingsProblem } from './link-settings.ts'

/** A date and a time, in the person's time zone, or never where that is theirs to choose. */
export function ExpiryField(props: {
  /** ISO 8601; null: never; undefined: nothing is chosen. */
  value: string | null | undefined
  bounds: ExpiryBounds
  problem: SettingsProblem | undefined
  onChange: (value: string | null | undefined) => void
}): ReactNode {
  const { value, bounds, problem, onChange } = props
  const text = useText()
  const zone = getLocalTimeZone()
  const [before, setBefore] = useState(typeof value === 'string' ? value : undefined)
  const latest = bounds.latest
  const chooseNever = (isNever: boolean) => {
    if (typeof value === 'string') setBefore(value)
    onChange(isNever ? null : (before ?? fromNow('day', zone, latest)))
  }
  return (
    <div className="expiry-field" role="group" aria-label={text('setting.expiresAt')}>
      {value === null ? null : (
        <>
          <DatePicker<ZonedDateTime>
            label={text('setting.expiresAt')}
            description={
              latest === undefined
                ? text('expiry.zone', { zone })
                : text('expiry.zoneAndLatest', { zone, latest: text.moment(latest) })
            }
            granularity="minute"
            hideTimeZone
            shouldForceLeadingZeros
            value={value === undefined ? null : parseAbsolute(value, zone)}
            placeholderValue={now(zone).add({ days: 1 })}
            minValue={now(zone)}
            {...(latest === undefined ? {} : { maxValue: parseAbsolute(latest, zone) })}
            isInvalid={problem !== undefined}
            errorMessage={problem === undefined ? '' : text(`problem.${problem}`)}
            validationBehavior="aria"
            onChange={(chosen) => onChange(chosen?.toDate().toISOString())}
          />
          <div className="expiry-choices">
            {expiryChoices.map((choice) => (
              <Button key={choice} variant="secondary" onClick={() => onChange(fromNow(choice, zone, latest))}>
                {text(`expiry.choice.${choice}`)}
              </Button>
            ))}
          </div>
        </>
      )}
      {bounds.mayNever || value === null ? (
        <Checkbox isSelected={value === null} onChange={chooseNever}>
          {text('expiry.never.choose')}
        </Checkbox>
      ) : null}
    </div>
  )
}

function fromNow(choice: ExpiryChoice, zone: string, latest: string | undefined): string {
  return expiryAfter(choice, new Date().toISOString(), zone, latest)
}
