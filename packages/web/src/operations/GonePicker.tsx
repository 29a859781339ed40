import type { ReactNode } from 'react'
import { FolderPicker } from '../files/actions/FolderPicker.tsx'
import { useText } from '../language/text.ts'
import type { FolderQuestion } from './questions.ts'

/** Asks for a folder in place of one that is gone. Closed without an answer, things stay where they are. */
export function GonePicker({ question }: { question: FolderQuestion }): ReactNode {
  const text = useText()
  const { answer } = question
  return (
    <FolderPicker
      title={text('gone.title')}
      why={text('gone.why')}
      goLabel={text('gone.go')}
      how="restore"
      chosen={undefined}
      way={[]}
      onChoose={answer}
      onClose={() => answer(undefined)}
    />
  )
}
