import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { PageFrame } from '@vitrine/ui/language/PageFrame.tsx'
import type { StartWords } from '@vitrine/ui/language/PageFrame.tsx'
import { queryClient } from './api/queries.ts'
import { loadMessages, words } from './language/text.ts'
import type { MessageId } from './messages/en.ts'
import { Toasts } from './notices/Toasts.tsx'
import { router } from './router.ts'
import { SignInAgain } from './sign-in/SignInAgain.tsx'

/** Links of React Spectrum lead to pages as the router's own do. */
const spectrumRouter = { navigate: (path: string) => router.history.push(path) }

/** Puts the application into the document. */
export function start(startWords: StartWords<MessageId>): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no #root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PageFrame start={startWords} scope={words} load={loadMessages} router={spectrumRouter}>
          <RouterProvider router={router} />
          <Toasts />
          <SignInAgain />
        </PageFrame>
      </QueryClientProvider>
    </StrictMode>,
  )
}
