/** What stands in a log where a secret stood. */
const redacted = '[redacted]'

/** Names whose values are secret, whatever stands before: `newPassword`, `x-csrf-token`, `set-cookie`. */
const secretName = String.raw`[\w.-]*(?:password|passwd|passphrase|secret|token|cookies?|authorization)`

/** Quotes, at any depth of JSON within strings of JSON. */
const quote = String.raw`\\*"`

/**
 * Patterns of secrets in a line of JSON. None reaches beyond the string that it begins in, so that what
 * comes out is JSON again: inside a string there is no bare quote, and a backslash ends a match.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  // {"password":"…"}, also as text within a string, with its quotes escaped.
  [new RegExp(String.raw`(${quote}${secretName}${quote}\s*:\s*${quote})(?:[^"\\]|\\[^"\\])*`, 'gi'), `$1${redacted}`],
  // {"cookies":{…}} and {"password":["…"]}
  [
    new RegExp(String.raw`(${quote}${secretName}${quote}\s*:\s*)(?:\{[^{}]*\}|\[[^[\]]*\]|-?\d[\d.]*)`, 'gi'),
    `$1"${redacted}"`,
  ],
  // A header as text, to the end of its line.
  [/((?:set-)?cookie|(?:proxy-)?authorization)(\s*[:=]\s*)[^"\\\r\n]+/gi, `$1$2${redacted}`],
  [/\b(basic|bearer|digest)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${redacted}`],
  // sh= and dl= in addresses, also percent-encoded, once or more.
  [/(?<=^|[^A-Za-z0-9_]|%[\dA-Fa-f]{2})(sh|dl)(=|%(?:25)*3d)[^&\s"'\\<>]+/gi, `$1$2${redacted}`],
  // name=value in addresses, forms and sentences.
  [new RegExp(String.raw`(${secretName})(\s*(?:=|%(?:25)*3d)\s*)[^&\s"'\\<>,;]+`, 'gi'), `$1$2${redacted}`],
  [/(\bpassword\s*:\s*)[^\s"\\,;}]+/gi, `$1${redacted}`],
  // The token of a share link wherever it stands: uuid with underscores, a dot, an HMAC.
  [/[\da-f]{8}(?:_[\da-f]{4}){3}_[\da-f]{12}(?:\.|%(?:25)*2e)[\w-]{16,}/gi, redacted],
  // Name and password in an address.
  [/(:\/\/[^\s"\\:/@]*):[^\s"\\/]*@/g, `$1:${redacted}@`],
]

/**
 * A log line without its secrets: tokens of links and downloads, cookies, Authorization, passwords.
 *
 * It works on the text of the whole line, so that it does not matter where in it a secret is: in an
 * address, in an error's message or stack, or in a fact of some library.
 *
 * @param line JSON in one line
 */
export function redact(line: string): string {
  return patterns.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}
