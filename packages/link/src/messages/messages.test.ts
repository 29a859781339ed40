import { messageArguments } from '@vitrine/page-build/message-arguments.ts'
import { describe, expect, it } from 'vitest'
import { deadReasons } from '../expired/dead-link.ts'
import { messages as german } from './de.ts'
import { messages as english } from './en.ts'
import type { MessageId } from './en.ts'

const ids = Object.keys(english) as MessageId[]

describe('the words of the pages', () => {
  it('are there in German for each in English, and no other', () => {
    expect(Object.keys(german).toSorted()).toEqual(ids.toSorted())
  })

  it('take the same arguments in both languages', () => {
    for (const id of ids) expect([id, messageArguments(german[id])]).toEqual([id, messageArguments(english[id])])
  })

  it('say for each reason of a dead link what to do', () => {
    for (const reason of deadReasons) expect(english[`dead.${reason}.text`].length).toBeGreaterThan(30)
  })

  it('name nobody in the page of a dead link: it has no arguments', () => {
    for (const reason of deadReasons) {
      expect([
        ...messageArguments(english[`dead.${reason}`]),
        ...messageArguments(english[`dead.${reason}.text`]),
      ]).toEqual([])
    }
  })
})
