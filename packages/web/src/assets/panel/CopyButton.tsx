import type { ReactNode } from 'react'
import Copy from '@react-spectrum/s2/icons/Copy'
import { Button } from '@vitrine/ui/Button.tsx'
import { useCopy } from '@vitrine/ui/use-copy.ts'
import { useText } from '../../language/text.ts'

/** Puts something on the clipboard, and says so. @param props.label names the button for screen readers */
export function CopyButton({ words, label }: { words: string; label: string }): ReactNode {
  const text = useText()
  const { copy, state } = useCopy(words)
  return (
    <span className="panel-copy">
      <Button variant="quiet" aria-label={label} onClick={() => void copy()}>
        <Copy />
      </Button>
      <span role="status">
        {state === 'not-yet' ? '' : text(state === 'copied' ? 'app.copied' : 'app.copyRefused')}
      </span>
    </span>
  )
}
