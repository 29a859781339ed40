/**
 * The path of a request target, if it is written in the one plain way; else undefined.
 *
 * Proxies and servers disagree about `..`, `//`, `;`, `\`, encoded slashes and dots. A path that holds none of them
 * means the same to all, so what a proxy's rule let through is what is answered.
 *
 * @param target as in the request line: origin form or absolute form (RFC 9112, sections 3.2.1 and 3.2.2)
 */
export function plainPath(target: string): string | undefined {
  const path = /^(?:https?:\/\/[^/?#\\@]+(?=\/))?(\/[^?#]*)/i.exec(target)?.[1]
  return path !== undefined && path.slice(1).split('/').every(isPlainSegment) ? path : undefined
}

/** What may stand for itself in a path (RFC 3986, `unreserved` and the harmless of `sub-delims`). */
const plainly = /^(?:[\w.~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+$/
const needlesslyEncoded = /[\w.~/\\\u0000-\u001f\u007f-\u009f-]/

function isPlainSegment(segment: string): boolean {
  if (!plainly.test(segment) || /^\.+$/.test(segment)) return false
  const encoded = segment.match(/(?:%[0-9A-Fa-f]{2})+/g) ?? []
  const decoded = encoded.map(utf8Of)
  return decoded.every((text) => text !== undefined && !needlesslyEncoded.test(text)) && !isEncodedTwice(segment)
}

function isEncodedTwice(segment: string): boolean {
  return /%25[0-9A-Fa-f]{2}/.test(segment)
}

/** The text of percent-encoded UTF-8; undefined when it is none, overlong forms included. */
function utf8Of(run: string): string | undefined {
  try {
    return decodeURIComponent(run)
  } catch {
    return undefined
  }
}
