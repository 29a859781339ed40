import type { ReactNode } from 'react'
import { Content } from '@react-spectrum/s2/Content'
import { Dialog, DialogContainer } from '@react-spectrum/s2/Dialog'
import { Heading } from '@react-spectrum/s2/Heading'
import { ButtonGroup } from '@react-spectrum/s2/ButtonGroup'
import { Button } from '@react-spectrum/s2/Button'
import { useCopy } from '@vitrine/ui/use-copy.ts'
import type { AnswerOf } from '../api/client.ts'
import { useText } from '../language/text.ts'

/** A secret that is told this once. The dialog goes only when one says so: what was not copied is lost. */
export function NewSecret(props: {
  made: AnswerOf<'POST /api/v1/me/app-passwords'> | undefined
  onDone: () => void
}): ReactNode {
  const { made, onDone } = props
  return (
    <DialogContainer onDismiss={onDone}>
      {made === undefined ? null : <SecretDialog name={made.name} secret={made.secret} />}
    </DialogContainer>
  )
}

function SecretDialog({ name, secret }: { name: string; secret: string }): ReactNode {
  const text = useText()
  const { copy, state } = useCopy(secret)
  return (
    <Dialog isKeyboardDismissDisabled>
      {({ close }) => (
        <>
          <Heading slot="title">{text('appPasswords.made', { name })}</Heading>
          <Content>
            <p className="settings-words">{text('appPasswords.once')}</p>
            <output className="settings-secret" aria-label={text('appPasswords.secret')}>
              {secret}
            </output>
            <p className="settings-copied" role="status">
              {state === 'not-yet' ? '' : text(state === 'copied' ? 'appPasswords.copied' : 'app.copyRefused')}
            </p>
          </Content>
          <ButtonGroup>
            <Button variant="secondary" onPress={close}>
              {text('appPasswords.done')}
            </Button>
            <Button variant="accent" onPress={() => void copy()}>
              {text('app.copy')}
            </Button>
          </ButtonGroup>
        </>
      )}
    </Dialog>
  )
}
