import type { ReactNode } from 'react'
import { isPlainClick } from './follow-link.ts'
import './PathTrail.css'

/** One step on the way to where one is. */
export interface PathStep {
  /** Differs from that of every other step. */
  readonly key: string
  readonly name: string
  readonly href: string
}

/** The way from the outermost step to where one is, as links; the last one is here. */
export function PathTrail(props: {
  label: string
  steps: readonly PathStep[]
  /** A plain click; with a modifier the browser follows the link itself. */
  onFollow: (step: PathStep) => void
}): ReactNode {
  const { label, steps, onFollow } = props
  return (
    <nav className="path" aria-label={label}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.key}>
            {index === steps.length - 1 ? (
              <span aria-current="page">{step.name}</span>
            ) : (
              <a
                href={step.href}
                data-step={step.key}
                onClick={(event) => {
                  if (!isPlainClick(event)) return
                  event.preventDefault()
                  onFollow(step)
                }}
              >
                {step.name}
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
