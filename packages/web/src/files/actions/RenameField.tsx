import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { nameFaultOf, splitExtension } from '@vitrine/domain'
import { noteChange } from '../../api/changes.ts'
import { call, callForAnswer } from '../../api/client.ts'
import { codeOf, sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import { tell } from '../../notices/notices.ts'
import { tellUndoable } from '../../operations/operate.ts'
import type { ListedNode } from '../folder-listing.ts'
import { idOfFault } from './name-faults.ts'
import './rename.css'

/** A node as somebody saw it who gives it a name. */
interface SeenNode {
  readonly name: string
  readonly parent: string
  readonly etag: string | undefined
}

/**
 * The name of a node, while it is changed: Enter gives it, Escape leaves it. Where somebody else was faster, that is
 * told, and what was typed stays.
 */
export function RenameField({ node, onDone }: { node: ListedNode; onDone: () => void }): ReactNode {
  const text = useText()
  const field = useRef<HTMLInputElement>(null)
  const [first] = useState(node)
  const [typed, setTyped] = useState(first.name)
  const [changedTo, setChangedTo] = useState<string>()
  const seen = useRef<Promise<SeenNode>>(undefined)
  useEffect(() => {
    const { stem } = first.kind === 'asset' ? splitExtension(first.name) : { stem: first.name }
    field.current?.focus()
    field.current?.setSelectionRange(0, stem.length)
  }, [first])
  const leave = () => {
    // Whoever went on to something else meanwhile keeps the focus there.
    if (field.current === document.activeElement) field.current?.closest<HTMLElement>('[role=row]')?.focus()
    onDone()
  }
  const rename = useMutation({
    mutationFn: async (name: string) => {
      seen.current ??= see(node.id)
      const before = await seen.current
      // The list is older than what is there now.
      if (changedTo === undefined && before.name !== node.name) throw new ChangedMeanwhile(before.name)
      const body = { parent: before.parent, name }
      const { etag } = await callForAnswer('POST /api/v1/nodes/:id/move', {
        params: { id: node.id },
        body,
        ifMatch: before.etag,
      })
      return { before, after: { ...body, etag } }
    },
    onSuccess: ({ before, after }) => {
      noteChange()
      tellUndoable(text('files.renamed', { name: after.name }), () => nameBack(node.id, before, after, text), text)
      leave()
    },
    onError: async (failure) => {
      seen.current = undefined
      if (failure instanceof ChangedMeanwhile) setChangedTo(failure.present)
      else if (codeOf(failure) === 'node/changed') {
        const now = see(node.id)
        seen.current = now
        const { name } = await now.catch(() => ({ name: node.name }))
        setChangedTo(name)
        noteChange()
      }
    },
  })
  const said = useRef<HTMLSpanElement>(null)
  const name = typed.trim()
  const fault = nameFaultOf(name)
  const message = messageOf()
  useEffect(() => {
    if (message !== undefined) said.current?.scrollIntoView({ block: 'nearest' })
  }, [message])
  const send = () => {
    if (rename.isPending || fault !== undefined) return
    if (name === node.name && changedTo === undefined) leave()
    else rename.mutate(name)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter') send()
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
  }
  return (
    <span className="rename">
      <input
        ref={field}
        type="text"
        aria-label={text('files.rename.label', { name: node.name })}
        aria-invalid={message !== undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          if (changedTo === undefined) rename.reset()
        }}
        onKeyDown={onKeyDown}
      />
      <span ref={said} className="rename-fault" role="alert">
        {message}
      </span>
    </span>
  )

  function messageOf(): string | undefined {
    if (fault !== undefined) return text(idOfFault(fault))
    if (changedTo !== undefined) return text('files.rename.changed', { name: changedTo })
    return rename.error === null ? undefined : sentenceOf(rename.error, text)
  }
}

/** Somebody else has given it another name. */
class ChangedMeanwhile extends Error {
  readonly present: string

  constructor(present: string) {
    super(present)
    this.present = present
  }
}

async function see(id: string): Promise<SeenNode> {
  const { body, etag } = await callForAnswer('GET /api/v1/nodes/:id', { params: { id } })
  return { name: body.name, parent: body.parent ?? id, etag }
}

/** Gives a node its former name again, unless somebody has changed it since. */
async function nameBack(
  id: string,
  { name }: SeenNode,
  after: SeenNode,
  text: ReturnType<typeof useText>,
): Promise<void> {
  try {
    const body = { parent: after.parent, name }
    await call('POST /api/v1/nodes/:id/move', { params: { id }, body, ifMatch: after.etag })
    tell('done', text('files.renamed', { name }))
  } catch (failure) {
    tell('failed', sentenceOf(failure, text))
  }
  noteChange()
}
