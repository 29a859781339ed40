import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import OpenIn from '@react-spectrum/s2/icons/OpenIn'
import { Button, buttonClass } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import type { LinkEditor } from './link-editor.ts'

/** Shows the page that recipients see, in a tab of its own. Where there is no link yet, it is made first. */
export function OpenAsRecipient({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { link } = useSyncExternalStore(editor.subscribe, () => editor.state)
  const label = (
    <>
      <OpenIn />
      {text('sharing.openAsRecipient')}
    </>
  )
  if (link !== undefined) {
    return link.url === null ? null : (
      <a className={buttonClass('secondary')} href={link.url} target="_blank" rel="noopener noreferrer">
        {label}
      </a>
    )
  }
  return (
    <div className="sharing-act">
      <Button variant="secondary" onClick={() => void makeAndOpen(editor)}>
        {label}
      </Button>
      <small>{text('sharing.makesIt')}</small>
    </div>
  )
}

/** The tab is opened at once: browsers block what opens by itself later. */
async function makeAndOpen(editor: LinkEditor): Promise<void> {
  const tab = window.open('about:blank', '_blank')
  if (tab !== null) tab.opener = null
  const isMade = await editor.save()
  const url = editor.state.link?.url ?? null
  if (isMade && url !== null) tab?.location.replace(url)
  else tab?.close()
}
