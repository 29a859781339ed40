import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import Clock from '@react-spectrum/s2/icons/Clock'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import { isRunning, operationsQuery } from './operations.ts'
import { Questions } from './Questions.tsx'
import { useUndoKey } from './undo-stack.ts'
import { closeWork, openWork, useWorkOpen } from './work-open.ts'
import './work.css'

const WorkPanel = lazyPart(() => import('./WorkPanel.tsx'), 'WorkPanel')

/** The way to the work in the background, with how far it is; there once there is some. Asks what operations need to know. */
export function WorkButton(): ReactNode {
  const text = useText()
  const { data } = useQuery(operationsQuery)
  const isOpen = useWorkOpen()
  const [wasOpen, setWasOpen] = useState(false)
  if (isOpen && !wasOpen) setWasOpen(true)
  useUndoKey()
  const running = data?.items.filter(isRunning) ?? []
  const done = running.reduce((sum, { progress }) => sum + progress.done, 0)
  const total = running.reduce((sum, { progress }) => sum + progress.total, 0)
  return (
    <>
      {data === undefined || data.items.length === 0 ? null : (
        <span className="work-button">
          <Button
            variant="quiet"
            aria-label={
              running.length === 0
                ? text('work.title')
                : text('work.button', { share: text.percent(total === 0 ? 0 : done / total) })
            }
            onClick={openWork}
          >
            <Clock />
          </Button>
          {running.length === 0 ? null : <progress aria-hidden="true" max={Math.max(total, 1)} value={done} />}
        </span>
      )}
      {wasOpen ? (
        <Suspense fallback={null}>
          <WorkPanel isOpen={isOpen} onClose={closeWork} />
        </Suspense>
      ) : null}
      <Questions />
    </>
  )
}
