import { useState } from 'react'
import type { ReactNode } from 'react'
import Copy from '@react-spectrum/s2/icons/Copy'
import { Button } from '@vitrine/ui/Button.tsx'
import { copyText } from '@vitrine/ui/copy-text.ts'
import { useText } from '../../language/text.ts'

/** Puts something on the clipboard, and says so. @param props.label names the button for screen readers */
export function CopyButton({ words, label }: { words: string; label: string }): ReactNode {
  const text = useText()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(words)
    setCopied(true)
  }
  return (
    <span className="panel-copy">
      <Button variant="quiet" aria-label={label} onClick={() => void copy()}>
        <Copy />
      </Button>
      <span role="status">{isCopied ? text('assets.copied') : ''}</span>
    </span>
  )
}
