import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { languages, prefer } from '@vitrine/ui/preferences.ts'
import { useConnectionLost } from '../api/connection.ts'
import { useText } from '../language/text.ts'
import { languageNames } from '../language/language-names.ts'
import { VitrineMark } from '../shell/VitrineMark.tsx'
import './entry.css'

/** What is around the pages before one is in: the name, one question, and the language. */
export function EntryFrame(props: { title: string; hint?: string | undefined; children: ReactNode }): ReactNode {
  const text = useText()
  const isLost = useConnectionLost()
  useEffect(() => {
    scrollTo(0, 0)
  }, [])
  return (
    <main className="entry">
      <div className="entry-box">
        <p className="entry-name">
          <VitrineMark />
          {text('app.name')}
        </p>
        <h1>{props.title}</h1>
        {props.hint === undefined ? null : <p className="entry-hint">{props.hint}</p>}
        <div role="status">{isLost ? <p className="entry-failure">{text('connection.lost')}</p> : null}</div>
        {props.children}
      </div>
      <ul className="entry-languages" aria-label={text('signIn.language')}>
        {languages.map((language) => (
          <li key={language} lang={language}>
            <button type="button" aria-pressed={text.language === language} onClick={() => prefer({ language })}>
              {languageNames[language]}
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}
