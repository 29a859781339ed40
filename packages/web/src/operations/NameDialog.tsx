import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@react-spectrum/s2/Button'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { Radio, RadioGroup } from '@react-spectrum/s2/RadioGroup'
import { useText } from '../language/text.ts'
import { NameList } from './NameList.tsx'
import type { ChosenWay, NameQuestion } from './questions.ts'

/** Asks what becomes of what has a name that is taken. Closed without an answer, it stays where it is. */
export function NameDialog({ question }: { question: NameQuestion }): ReactNode {
  const text = useText()
  const { names, count, ways, answer } = question
  const [way, setWay] = useState<ChosenWay>('keep-both')
  return (
    <DialogContainer onDismiss={() => answer(undefined)}>
      <Dialog size="S">
        <Heading slot="title">{text('names.title', { count })}</Heading>
        <Content>
          <NameList names={names} count={count} />
          <RadioGroup
            label={text('names.question')}
            value={way}
            onChange={(value) => setWay(ways.find((known) => known === value) ?? 'keep-both')}
          >
            {ways.map((known) => (
              <Radio key={known} value={known}>
                {text(`names.${known}`)}
              </Radio>
            ))}
          </RadioGroup>
        </Content>
        <ButtonGroup>
          <Button variant="secondary" onPress={() => answer(undefined)}>
            {text('app.cancel')}
          </Button>
          <Button variant="accent" onPress={() => answer(way)}>
            {text('names.go')}
          </Button>
        </ButtonGroup>
      </Dialog>
    </DialogContainer>
  )
}
