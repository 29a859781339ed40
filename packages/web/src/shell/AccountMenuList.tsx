import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Header } from '@react-spectrum/s2/Header'
import { Heading } from '@react-spectrum/s2/Heading'
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import Settings from '@react-spectrum/s2/icons/Settings'
import Export from '@react-spectrum/s2/icons/Export'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { useMe } from '../api/queries.ts'
import { useText } from '../language/text.ts'
import { themes, useChangeWishes } from '../settings/use-change-wishes.ts'
import { useSignOut } from '../sign-in/use-sign-out.ts'

/** The menu behind the initials: open from the start, as it is loaded when it is wanted. @param props.children what its button shows */
export function AccountMenuList({ children }: { children: ReactNode }): ReactNode {
  const text = useText()
  const { displayName, name, theme } = useMe()
  const navigate = useNavigate()
  const changeWishes = useChangeWishes()
  const signOut = useSignOut('DELETE /api/v1/sessions/current')
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    // The button that was pressed is gone: the menu gives the focus back to what had it when it opened.
    button.current?.focus()
    // oxlint-disable-next-line react/set-state-in-effect -- it opens once the button has the focus
    setOpen(true)
  }, [])
  return (
    <MenuTrigger align="end" isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        ref={button}
        className={buttonClass('quiet', false, 'account-button')}
        aria-label={text('account.label', { name: displayName })}
      >
        {children}
      </Button>
      <Menu aria-label={text('account.label', { name: displayName })}>
        <MenuSection>
          <Header>
            <Heading>{displayName}</Heading>
            <Text slot="description">{name}</Text>
          </Header>
          <MenuItem textValue={text('account.settings')} onAction={() => void navigate({ to: '/settings/profile' })}>
            <Settings />
            <Text slot="label">{text('account.settings')}</Text>
          </MenuItem>
          <MenuItem textValue={text('account.signOut')} onAction={() => signOut.mutate()}>
            <Export />
            <Text slot="label">{text('account.signOut')}</Text>
          </MenuItem>
        </MenuSection>
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys]
            changeWishes.mutate({ theme: themes.find((known) => known === key) ?? 'system' })
          }}
        >
          <Header>
            <Heading>{text('account.theme')}</Heading>
          </Header>
          {themes.map((known) => (
            <MenuItem key={known} id={known} textValue={text(`theme.${known}`)}>
              <Text slot="label">{text(`theme.${known}`)}</Text>
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  )
}
