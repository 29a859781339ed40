import { pathToFileURL } from 'node:url'
import { parse } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'

/** Turns `src/messages/*.ts`, and what they import, into parsed ICU messages, so that the page carries no parser. */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    load: {
      filter: { id: /[\\/]packages[\\/]\w+[\\/]src[\\/]messages[\\/][a-z]+\.ts$/ },
      async handler(id) {
        const module = (await import(pathToFileURL(id).href)) as { messages: Record<string, string> }
        const compiled = Object.entries(module.messages).map(([key, text]) => [key, parsed(text)])
        return `export const messages = ${JSON.stringify(Object.fromEntries(compiled))}`
      },
    },
  }
}

/** A message without arguments stays a string. */
function parsed(text: string): unknown {
  if (!/[{}<>']/.test(text)) return text
  return JSON.parse(JSON.stringify(parse(text, { shouldParseSkeletons: true, captureLocation: false }), dropLocations))
}

function dropLocations(key: string, value: unknown): unknown {
  return key === 'location' ? undefined : value
}
