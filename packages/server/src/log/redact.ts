/** What stands in a log where a secret stood. */
const redacted = '[redacted]'

/** Names whose values are secret, whatever stands before: `newPassword`, `x-csrf-token`, `set-cookie`. */
const secretName = String.raw`[\w.-]*(?:password|passwd|passphrase|secret|token|cookies?|authorization)`

/** Members that are secret whole. */
const secretMember = new RegExp(`^(?:${secretName}|sh|dl)$`, 'i')

/** Secrets within a text, and what is left of them. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // "password":"…" in JSON within a longer text; then the same where its quotes are escaped.
  [new RegExp(String.raw`("${secretName}"\s*:\s*")(?:[^"\\]|\\.)*`, 'gis'), `$1${redacted}`],
  [new RegExp(String.raw`(\\+"${secretName}\\+"\s*:\s*(\\+"))(?:(?!\2).)*`, 'gis'), `$1${redacted}`],
  // A header as text, to the end of its line.
  [/((?:set-)?cookie|(?:proxy-)?authorization)(\s*[:=]\s*)[^\r\n]+/gi, `$1$2${redacted}`],
  [/\b(basic|bearer|digest)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${redacted}`],
  // sh= and dl= in addresses, also percent-encoded, once or more.
  [/(?<=^|[^A-Za-z0-9_]|%[\dA-Fa-f]{2})(sh|dl)(=|%(?:25)*3d)[^&\s"'<>]+/gi, `$1$2${redacted}`],
  // name=value in addresses, forms and sentences.
  [new RegExp(String.raw`(${secretName})(\s*(?:=|%(?:25)*3d)\s*)[^&\s"'<>,;]+`, 'gi'), `$1$2${redacted}`],
  [/(\bpassword\s*:\s*)[^\s",;}]+/gi, `$1${redacted}`],
  // The token of a share link wherever it stands: uuid with underscores, a dot, an HMAC.
  [/[\da-f]{8}(?:_[\da-f]{4}){3}_[\da-f]{12}(?:\.|%(?:25)*2e)[\w-]{16,}/gi, redacted],
  // Name and password in an address.
  [/(:\/\/[^\s":/@]*):[^\s"/]*@/g, `$1:${redacted}@`],
]

/**
 * A log line without its secrets: tokens of links and downloads, cookies, Authorization, passwords.
 *
 * It works on the finished line, so that it does not matter how a secret came into it: in an address, in an
 * error's message or stack, or in a fact of some library.
 *
 * @param line JSON in one line, with its line feed
 */
export function redact(line: string): string {
  return `${redactText(line.trimEnd())}\n`
}

/** A text that is JSON stays JSON; any other is searched for patterns. */
function redactText(text: string): string {
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return JSON.stringify(JSON.parse(text), redactMember)
    } catch {
      // Not JSON after all.
    }
  }
  return patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}

function redactMember(name: string, value: unknown): unknown {
  if (typeof value === 'boolean' || value === null) return value
  if (secretMember.test(name)) return redacted
  return typeof value === 'string' ? redactText(value) : value
}
