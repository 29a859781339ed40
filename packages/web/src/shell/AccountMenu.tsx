import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import { useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'

const AccountMenuList = lazyPart(() => import('./AccountMenuList.tsx'), 'AccountMenuList')

/** Who is signed in, and what they can do about it. The menu is loaded when it is opened first. */
export function AccountMenu(): ReactNode {
  const text = useText()
  const { displayName } = useMe()
  const [isWanted, setWanted] = useState(false)
  const button = (
    <Button
      variant="quiet"
      className="account-button"
      aria-label={text('account.label', { name: displayName })}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
    >
      <Initials name={displayName} />
    </Button>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <AccountMenuList>
        <Initials name={displayName} />
      </AccountMenuList>
    </Suspense>
  )
}

function Initials({ name }: { name: string }): ReactNode {
  // A picture made of letters: not text, which the button's name would have to hold.
  return <span className="initials" data-initials={initialsOf(name)} />
}

/** The first letters of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const [first = '?', ...rest] = words
  return [first, rest.at(-1)]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
