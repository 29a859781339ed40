import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
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
    for (const id of ids) expect([id, argumentsOf(german[id])]).toEqual([id, argumentsOf(english[id])])
  })

  it('say for each reason of a dead link what to do', () => {
    for (const reason of deadReasons) expect(english[`dead.${reason}.text`].length).toBeGreaterThan(30)
  })

  it('name nobody in the page of a dead link: it has no arguments', () => {
    for (const reason of deadReasons) {
      expect([...argumentsOf(english[`dead.${reason}`]), ...argumentsOf(english[`dead.${reason}.text`])]).toEqual([])
    }
  })
})

function argumentsOf(message: string): string[] {
  const names = new Set<string>()
  collect(parse(message), names)
  return [...names].toSorted()
}

function collect(elements: readonly MessageFormatElement[], into: Set<string>): void {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    into.add(element.value)
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      for (const option of Object.values(element.options)) collect(option.value, into)
    }
  }
}
