import { shortestPassword } from '@vitrine/api'
import { errorCodes } from '@vitrine/domain'
import { messageArguments } from '@vitrine/page-build/message-arguments.ts'
import { describe, expect, it } from 'vitest'
import { messages as german } from './de.ts'
import { messages as english } from './en.ts'
import type { MessageId } from './en.ts'

const ids = Object.keys(english) as MessageId[]

describe('the words of the application', () => {
  it('are there in German for each in English, and no other', () => {
    expect(Object.keys(german).toSorted()).toEqual(ids.toSorted())
  })

  it('take the same arguments in both languages', () => {
    for (const id of ids) expect([id, messageArguments(german[id])]).toEqual([id, messageArguments(english[id])])
  })

  it('have a sentence for each failure of the closed list', () => {
    for (const code of errorCodes) {
      expect([code, english[`problem.${code}`]]).toEqual([code, expect.stringMatching(/\.$/)])
      expect([code, german[`problem.${code}`]]).toEqual([code, expect.stringMatching(/\.$/)])
    }
  })

  it('ask of a password what the server asks of it', () => {
    expect(english['password.rule']).toContain(String(shortestPassword))
    expect(german['password.rule']).toContain(String(shortestPassword))
  })
})
