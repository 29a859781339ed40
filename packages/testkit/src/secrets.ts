import type { Pool } from '@vitrine/server/db/open'
import type { Answer } from './caller.ts'

/** Every secret that a server handed out or was given in a test, so that it can be looked for where it must not be. */
export class Secrets {
  readonly #known = new Set<string>()

  add(secret: string): void {
    this.#known.add(secret)
  }

  /** Remembers tokens, capabilities, app passwords, CSRF tokens and cookies in an answer. */
  hear(answer: Answer): void {
    const places = [answer.headers.get('location') ?? '', isText(answer) ? answer.text : '']
    for (const [, secret] of places.join(' ').matchAll(/\b(?:sh|dl)=([\w.~-]{16,})/g)) this.add(secret!)
    for (const [, secret] of places.join(' ').matchAll(told)) this.add(secret!)
    for (const line of answer.headers.getSetCookie()) {
      const value = /^[^=]+=([^;]*)/.exec(line)?.[1] ?? ''
      if (value.length >= 16) this.add(value)
    }
  }

  /** The secrets that stand in a text, as they are or as hexadecimal digits of their bytes. */
  foundIn(text: string): string[] {
    return [...this.#known].filter(
      (secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString('hex')),
    )
  }

  get count(): number {
    return this.#known.size
  }
}

/** What an answer in JSON tells once. */
const told = /"(?:secret|csrfToken)":"([^"\\]{16,})"/g

function isText(answer: Answer): boolean {
  return /json|text/.test(answer.headers.get('content-type') ?? '')
}

/** All rows of all tables of all schemas of ours, as text. */
export async function dumpAsText(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    texts.push(`-- ${name}`, ...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}
