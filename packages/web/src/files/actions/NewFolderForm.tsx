import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { TextField } from '@react-spectrum/s2/TextField'
import { nameFaultOf } from '@vitrine/domain'
import { Button } from '@vitrine/ui/Button.tsx'
import { noteChange } from '../../api/changes.ts'
import { call } from '../../api/client.ts'
import { sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import { idOfFault } from './name-faults.ts'
import './actions.css'

/** Asks for the name of a new folder, and makes it. What was typed stays until it is made. */
export function NewFolderForm(props: {
  /** Id of the folder that is to hold it. */
  parent: string
  onMade: (folder: { readonly id: string; readonly name: string }) => void
  onCancel: () => void
}): ReactNode {
  const text = useText()
  const { parent, onMade, onCancel } = props
  const [typed, setTyped] = useState('')
  const [wasSent, setSent] = useState(false)
  const make = useMutation({
    mutationFn: (name: string) => call('POST /api/v1/nodes', { body: { parent, kind: 'folder', name } }),
    onSuccess: (folder) => {
      noteChange()
      onMade(folder)
    },
  })
  const name = typed.trim()
  const fault = nameFaultOf(name)
  const isWrong = fault !== undefined && (wasSent || fault !== 'empty')
  const message = isWrong ? text(idOfFault(fault)) : make.error === null ? undefined : sentenceOf(make.error, text)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setSent(true)
    if (fault === undefined && !make.isPending) make.mutate(name)
  }
  return (
    <form className="new-folder" noValidate onSubmit={send}>
      <TextField
        label={text('files.newFolder.name')}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is the one question
        autoFocus
        autoComplete="off"
        value={typed}
        isInvalid={message !== undefined}
        errorMessage={message}
        onChange={(value) => {
          setTyped(value)
          make.reset()
        }}
      />
      <div className="new-folder-actions">
        <Button variant="secondary" onClick={onCancel}>
          {text('app.cancel')}
        </Button>
        <Button variant="accent" type="submit" disabled={make.isPending}>
          {text('files.newFolder.make')}
        </Button>
      </div>
    </form>
  )
}
