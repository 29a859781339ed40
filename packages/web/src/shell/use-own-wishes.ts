import { useEffect, useState } from 'react'
import { prefer } from '@vitrine/ui/preferences.ts'
import { useMe } from '../api/queries.ts'
import { forgetNotices } from '../notices/notices.ts'

/** Shows the application as the person who is signed in wants it, in whatever browser. */
export function useOwnWishes(): void {
  const { id, language, theme } = useMe()
  const [first] = useState(id)
  useEffect(() => {
    prefer({ language: language ?? undefined, theme })
  }, [language, theme])
  useEffect(() => {
    // Somebody else has signed in in another tab: nothing that is shown here may stay.
    if (id === first) return
    forgetNotices()
    location.reload()
  }, [id, first])
}
