import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'

/** Names of the arguments that an ICU message takes, in order. @throws when it is none */
export function messageArguments(message: string): string[] {
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
