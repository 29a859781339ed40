import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { lazyPart } from '../start/load-part.ts'
import { useQuestion } from './questions.ts'

const NameDialog = lazyPart(() => import('./NameDialog.tsx'), 'NameDialog')
const GonePicker = lazyPart(() => import('./GonePicker.tsx'), 'GonePicker')

/** Asks what an operation needs to know before it goes on. */
export function Questions(): ReactNode {
  const question = useQuestion()
  if (question === undefined) return null
  return (
    <Suspense fallback={null}>
      {question.ask === 'names' ? <NameDialog question={question} /> : <GonePicker question={question} />}
    </Suspense>
  )
}
