import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { AlertDialog } from '@react-spectrum/s2/AlertDialog'
import { DialogContainer } from '@react-spectrum/s2/Dialog'
import { call } from '../api/client.ts'
import { codeOf, sentenceOf } from '../api/failure-words.ts'
import { queryClient } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import { lazyPart } from '../start/load-part.ts'
import { closingCheckQuery } from './closing-check.ts'
import { endLinkQuestion, useLinkQuestion } from './link-actions.ts'
import { noteLinksChanged } from './link-changes.ts'
import type { ShareLink } from './link-settings.ts'

const ExtendDialog = lazyPart(() => import('./ExtendDialog.tsx'), 'ExtendDialog')
const HandOverDialog = lazyPart(() => import('./HandOverDialog.tsx'), 'HandOverDialog')
const QrDialog = lazyPart(() => import('./QrDialog.tsx'), 'QrDialog')

/** What is asked before something is done with a link, as long as this is shown. */
export function LinkQuestions(): ReactNode {
  const asked = useLinkQuestion()
  useEffect(() => endLinkQuestion, [])
  return (
    <Suspense fallback={null}>
      <DialogContainer onDismiss={endLinkQuestion}>
        {asked === undefined ? null : asked.question === 'revoke' ? (
          <RevokeQuestion link={asked.link} />
        ) : asked.question === 'extend' ? (
          <ExtendDialog link={asked.link} />
        ) : asked.question === 'handOver' ? (
          <HandOverDialog link={asked.link} />
        ) : (
          <QrDialog link={asked.link} />
        )}
      </DialogContainer>
    </Suspense>
  )
}

function RevokeQuestion({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const revoke = useRevokeLink()
  return (
    <AlertDialog
      title={text('revoke.title', { title: link.title })}
      variant="destructive"
      primaryActionLabel={text('link.revoke')}
      cancelLabel={text('app.cancel')}
      onPrimaryAction={() => revoke.mutate(link)}
    >
      {text('revoke.text')}
    </AlertDialog>
  )
}

/** Ends a link, and shows that every door of it is closed. */
function useRevokeLink() {
  const text = useText()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ id }: ShareLink) => call('POST /api/v1/share-links/:id/revoke', { params: { id } }),
    onSuccess: (_answer, { id, title }) => {
      tell('done', text('revoke.done', { title }))
      noteLinksChanged()
      void queryClient.prefetchQuery(closingCheckQuery(id))
      void navigate({
        to: '/shared-links/$linkId',
        params: { linkId: id },
        search: (before) => before,
        resetScroll: false,
      })
    },
    onError: (failure) => {
      tell('failed', sentenceOf(failure, text))
      if (codeOf(failure) === 'share-link/not-found') noteLinksChanged()
    },
  })
}
