import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { PageFrame } from '@vitrine/ui/language/PageFrame.tsx'
import type { StartWords } from '@vitrine/ui/language/PageFrame.tsx'
import { countOpen } from './api/public-client.ts'
import { token } from './api/address.ts'
import { loadMessages, words } from './language/text.tsx'
import type { MessageId } from './messages/en.ts'

/** Puts a page into the document. */
export function startPage(page: ReactNode, start: StartWords<MessageId>): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no #root')
  createRoot(root).render(
    <StrictMode>
      <PageFrame start={start} scope={words} load={loadMessages}>
        {page}
      </PageFrame>
    </StrictMode>,
  )
  countOpenOnce()
}

/** Looked at for so long, it counts as opened, in milliseconds: scanners of mail do not stay. */
const OPENED = 2000

/** Tells the server once per tab that someone looks at the link. */
function countOpenOnce(): void {
  const key = `vitrine.opened.${token.split('.')[0] ?? ''}`
  if (wasCounted(key)) return
  const count = () => {
    if (document.visibilityState !== 'visible') return
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', count)
      // Not counting does not concern the visitor.
      countOpen().then(
        () => rememberCounted(key),
        () => undefined,
      )
    }, OPENED)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', count)
  count()
}

function wasCounted(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null
  } catch {
    return false
  }
}

function rememberCounted(key: string): void {
  try {
    sessionStorage.setItem(key, '1')
  } catch {
    // Counted again at the next load.
  }
}
