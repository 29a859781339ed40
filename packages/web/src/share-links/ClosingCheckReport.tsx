import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import CheckmarkCircle from '@react-spectrum/s2/icons/CheckmarkCircle'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { closingCheckQuery, openFirst } from './closing-check.ts'
import type { ClosingCheck } from './closing-check.ts'

/** Whether every door of a link that has ended is closed, as the server has found when it asked them. */
export function ClosingCheckReport({ linkId }: { linkId: string }): ReactNode {
  const text = useText()
  // It is asked when a link was revoked here, and by the button: looking at a link asks nothing.
  const { data, error, isFetching, refetch } = useQuery({ ...closingCheckQuery(linkId), enabled: false })
  return (
    <section className="closing-check" aria-label={text('closing.title')}>
      <h3>{text('closing.title')}</h3>
      {isFetching ? (
        <Waiting words={text('closing.asking')} />
      ) : (
        <>
          <FailureNote failure={error} />
          {data === undefined ? <p>{text('closing.text')}</p> : <Verdict check={data} />}
          <Button variant="secondary" onClick={() => void refetch()}>
            {text(data === undefined && error === null ? 'closing.ask' : 'closing.askAgain')}
          </Button>
        </>
      )}
      {data === undefined ? null : <Doors check={data} />}
    </section>
  )
}

function Verdict({ check }: { check: ClosingCheck }): ReactNode {
  const text = useText()
  const when = timeOf(check.checkedAt, text)
  const open = check.doors.filter(({ closed }) => !closed).length
  if (check.allClosed) {
    return (
      <p className="closing-verdict" data-closed="true" role="status">
        <CheckmarkCircle />
        <span>{text('closing.allClosed', { count: check.doors.length, when })}</span>
      </p>
    )
  }
  return (
    <p className="closing-verdict" data-closed="false" role="alert">
      <AlertTriangle />
      <span>
        {open === 0 ? '' : text('closing.open', { open, count: check.doors.length, when })}{' '}
        {check.partsNotAsked === 0 ? '' : text('closing.notAsked', { count: check.partsNotAsked })}
      </span>
    </p>
  )
}

function Doors({ check }: { check: ClosingCheck }): ReactNode {
  const text = useText()
  return (
    // It scrolls by itself: the keyboard has to come to it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="closing-doors" role="region" aria-label={text('closing.doors')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('closing.door')}</th>
            <th scope="col">{text('closing.listener')}</th>
            <th scope="col">{text('closing.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {openFirst(check.doors).map((door, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two questions may be the same but for their secret
            <tr key={index} data-closed={door.closed}>
              <td>
                <code>
                  {door.method} {door.url}
                </code>
                {door.condition === null ? null : <small>{text('closing.conditional')}</small>}
              </td>
              <td>{text(`closing.listener.${door.listener}`)}</td>
              <td>
                {text(door.closed ? 'closing.closed' : 'closing.isOpen')}
                <small>{answerWords(door.answer, text)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function answerWords({ status, code }: ClosingCheck['doors'][number]['answer'], text: Text): string {
  return status === 0 ? text('closing.noAnswer') : [status, ...(code === null ? [] : [code])].join(' ')
}

/** To the second: it says what was true at that moment. */
function timeOf(when: string, text: Text): string {
  return new Intl.DateTimeFormat(text.locale, { timeStyle: 'medium' }).format(new Date(when))
}
