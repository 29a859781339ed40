import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Checkbox } from '@react-spectrum/s2/Checkbox'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { TextField } from '@react-spectrum/s2/TextField'
import { useText } from '../language/text.ts'
import type { Text } from '../language/text.ts'
import { nameOf } from './match-left.ts'
import type { BeforeQuestion, ConflictChoice, ConflictQuestion, RenameQuestion } from './question-desk.ts'
import { desk, queue, useUploads } from './uploader.ts'
import './uploads.css'

/** What only the person can say, one dialog after the other. */
export function UploadQuestions(): ReactNode {
  useUploads()
  const question = desk.current
  return <DialogContainer onDismiss={() => queue.cancelHeld()}>{question && <QuestionDialog />}</DialogContainer>
}

function QuestionDialog(): ReactNode {
  useUploads()
  const question = desk.current
  if (question === undefined) return null
  if (question.kind === 'before') return <BeforeDialog question={question} />
  // A new one for each entry: what was chosen for the one before is not this one's.
  if (question.kind === 'conflict') return <ConflictDialog key={question.entry.id} question={question} />
  return <RenameDialog key={`${question.entry.id} ${question.suggestion}`} question={question} />
}

function BeforeDialog({ question }: { question: BeforeQuestion }): ReactNode {
  const text = useText()
  const { folder, links, space, answer } = question
  const unnamed = links.count - links.titles.length
  return (
    <Dialog size="M">
      <Heading slot="title">{text('uploads.before.title', { name: folder.name })}</Heading>
      <Content>
        {links.count === 0 ? null : (
          <>
            <p className="uploads-words">{text('uploads.before.links', { count: links.count })}</p>
            <ul className="uploads-titles">
              {links.titles.map((title, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- titles may be equal, and never change here
                <li key={index}>{title}</li>
              ))}
              {unnamed === 0 ? null : <li>{text('uploads.before.unnamed', { count: unnamed })}</li>}
            </ul>
          </>
        )}
        {space === undefined ? null : (
          <p className="uploads-words">
            {text('uploads.before.space', { needed: text.bytes(space.needed), free: text.bytes(space.free) })}
          </p>
        )}
      </Content>
      <ButtonGroup>
        <Button variant="secondary" onPress={() => answer(false)}>
          {text('uploads.before.cancel')}
        </Button>
        <Button variant="accent" onPress={() => answer(true)}>
          {text('uploads.before.go')}
        </Button>
      </ButtonGroup>
    </Dialog>
  )
}

function ConflictDialog({ question }: { question: ConflictQuestion }): ReactNode {
  const text = useText()
  const { entry, node, choices, others, answer } = question
  const [chosen, setChosen] = useState<ConflictChoice>()
  const [forAll, setForAll] = useState(false)
  // The same bytes need no other version; until that is known, what loses nothing.
  const choice = chosen ?? (node.sameBytes === true ? 'skip' : (choices[0] ?? 'skip'))
  return (
    <Dialog size="M">
      <Heading slot="title">{text('uploads.conflict.title', { name: nameOf(entry) })}</Heading>
      <Content>
        <ul className="uploads-both">
          {conflictFacts(question, text).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <RadioGroup
          label={text('uploads.conflict.what')}
          value={choice}
          onChange={(value) => setChosen(choices.find((one) => one === value))}
        >
          {choices.map((one) => (
            <Radio key={one} value={one}>
              {text(`uploads.conflict.${one}`)}
            </Radio>
          ))}
        </RadioGroup>
        <ForAll others={others} isChosen={forAll} onChange={setForAll} />
      </Content>
      <Buttons go={text('uploads.conflict.go')} onGo={() => answer(choice, forAll)} />
    </Dialog>
  )
}

function conflictFacts({ entry, node }: ConflictQuestion, text: Text): string[] {
  const yours = text('uploads.conflict.yours', {
    size: text.bytes(entry.size),
    when: text.moment(new Date(entry.file?.lastModified ?? 0).toISOString()),
  })
  if (node.kind === 'folder') return [text('uploads.conflict.folder'), yours]
  const there = { size: text.bytes(node.size ?? 0), when: text.moment(node.modifiedAt) }
  const same = node.sameBytes === true ? [text('uploads.conflict.same')] : []
  return [text('uploads.conflict.there', there), yours, ...same]
}

function RenameDialog({ question }: { question: RenameQuestion }): ReactNode {
  const text = useText()
  const { entry, code, suggestion, others, answer } = question
  const [path, setPath] = useState(suggestion)
  const [forAll, setForAll] = useState(false)
  const why = code === 'node/name-taken' ? text('uploads.rename.taken') : text('problem.node/name-invalid')
  return (
    <Dialog size="M">
      <Heading slot="title">{text('uploads.rename.title')}</Heading>
      <Content>
        <p className="uploads-words">{why}</p>
        <p className="uploads-words">
          {text('uploads.rename.was')} <code>{entry.relativePath}</code>
        </p>
        <TextField label={text('uploads.rename.name')} value={path} onChange={setPath} isDisabled={forAll} />
        <ForAll others={others} isChosen={forAll} onChange={setForAll} />
        <Button variant="secondary" fillStyle="outline" onPress={() => answer(undefined, forAll)}>
          {text('uploads.rename.skip')}
        </Button>
      </Content>
      <Buttons go={text('uploads.rename.go')} onGo={() => answer(forAll ? suggestion : path, forAll)} />
    </Dialog>
  )
}

function ForAll(props: { others: number; isChosen: boolean; onChange: (isChosen: boolean) => void }): ReactNode {
  const text = useText()
  return (
    <p className="uploads-for-all">
      <Checkbox isSelected={props.isChosen} onChange={props.onChange}>
        {text('uploads.forAll', { count: props.others })}
      </Checkbox>
    </p>
  )
}

function Buttons({ go, onGo }: { go: string; onGo: () => void }): ReactNode {
  const text = useText()
  return (
    <ButtonGroup>
      <Button variant="secondary" onPress={() => queue.cancelHeld()}>
        {text('uploads.cancelUpload')}
      </Button>
      <Button variant="accent" onPress={onGo}>
        {go}
      </Button>
    </ButtonGroup>
  )
}
