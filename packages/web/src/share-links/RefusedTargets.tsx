import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@vitrine/ui/Button.tsx'
import { codeOf } from '../api/failure-words.ts'
import { useText } from '../language/text.ts'
import { FailureNote } from '../shell/FailureNote.tsx'
import type { ShareTarget } from './link-sharing.ts'
import { previewQuery } from './RecipientPreview.tsx'

/** No link can be made: which of the targets it is about, and a way on without them. */
export function RefusedTargets(props: {
  targets: readonly ShareTarget[]
  failure: unknown
  onRetry: () => void
  onRest: (targets: readonly ShareTarget[]) => void
}): ReactNode {
  const { targets, failure, onRetry, onRest } = props
  const text = useText()
  const isAboutTargets = codeOf(failure) === 'access/denied' || codeOf(failure) === 'node/not-found'
  const wish = { targets: targets.map(({ id }) => id), originals: true, renditions: true }
  const { data } = useQuery({ ...previewQuery(wish), enabled: isAboutTargets })
  const states = new Map(data?.targets.map(({ id, state }) => [id, state]))
  const refused = targets.filter(({ id }) => (states.get(id) ?? 'shown') !== 'shown')
  const rest = targets.filter(({ id }) => states.get(id) === 'shown')
  return (
    <div className="sharing sharing-refused">
      <FailureNote failure={failure} onRetry={onRetry} />
      {refused.length === 0 ? null : (
        <>
          <p>{text('refused.why', { count: refused.length })}</p>
          <ul>
            {refused.map(({ id, name }) => (
              <li key={id}>
                <strong>{name}</strong> {text(`targetState.${states.get(id) ?? 'not-found'}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {rest.length === 0 || refused.length === 0 ? null : (
        <Button variant="accent" onClick={() => onRest(rest)}>
          {text('refused.rest', { count: rest.length })}
        </Button>
      )}
    </div>
  )
}
