import type { ReactNode } from 'react'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { Button } from 'react-aria-components/Button'
import { Header } from '@react-spectrum/s2/Header'
import { Heading } from '@react-spectrum/s2/Heading'
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@react-spectrum/s2/Menu'
import { Text } from '@react-spectrum/s2/Text'
import More from '@react-spectrum/s2/icons/More'
import { useText } from '../language/text.tsx'
import { languages, prefer, usePreferences } from '@vitrine/ui/preferences.ts'

const NAMES = { en: 'English', de: 'Deutsch' }
const THEMES = ['system', 'light', 'dark'] as const

/** Appearance and language. */
export function SettingsMenu({ defaultOpen }: { defaultOpen: boolean }): ReactNode {
  const text = useText()
  const { theme } = usePreferences()
  return (
    <MenuTrigger align="end" defaultOpen={defaultOpen}>
      <Button className={buttonClass('quiet')} aria-label={text('settings.label')}>
        <More />
      </Button>
      <Menu aria-label={text('settings.label')}>
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => prefer({ theme: THEMES.find((known) => known === firstOf(keys)) ?? 'system' })}
        >
          <Header>
            <Heading>{text('settings.theme')}</Heading>
          </Header>
          {THEMES.map((known) => (
            <MenuItem key={known} id={known} textValue={text(`settings.theme.${known}`)}>
              <Text slot="label">{text(`settings.theme.${known}`)}</Text>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[text.language]}
          onSelectionChange={(keys) => prefer({ language: languages.find((known) => known === firstOf(keys)) })}
        >
          <Header>
            <Heading>{text('settings.language')}</Heading>
          </Header>
          {languages.map((known) => (
            <MenuItem key={known} id={known} textValue={NAMES[known]}>
              <Text slot="label">{NAMES[known]}</Text>
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  )
}

function firstOf(keys: 'all' | Set<string | number>): string | number | undefined {
  return keys === 'all' ? undefined : [...keys][0]
}
