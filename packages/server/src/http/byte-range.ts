/** Which bytes of a resource to answer with. Half-open; of no meaning with 304 and 416. */
export interface RangeAnswer {
  readonly status: 200 | 206 | 304 | 416
  /** First byte. */
  readonly start: number
  /** The byte after the last one. */
  readonly end: number
}

/** The headers of a request that choose what is answered. */
export interface RangeHeaders {
  readonly range?: string | undefined
  readonly 'if-range'?: string | undefined
  readonly 'if-none-match'?: string | undefined
}

/**
 * Answers `If-None-Match`, `Range` and `If-Range` for an immutable resource (RFC 9110, sections 13 and 14).
 *
 * One range is served. What a server may ignore is ignored and gets the whole: a malformed header, another unit, more
 * than one range, a validator that does not match, and any range with HEAD.
 *
 * The caller has checked before that the resource may be given: 304 says as much about it as 200.
 *
 * @param size of the resource, in bytes
 * @param etag its strong entity tag, with its quotes
 */
export function answerRange(method: string, headers: RangeHeaders, size: number, etag: string): RangeAnswer {
  const whole: RangeAnswer = { status: 200, start: 0, end: size }
  if (isNamed(headers['if-none-match'], etag)) return { ...whole, status: 304 }
  const ifRange = headers['if-range']
  if (method !== 'GET' || headers.range === undefined || (ifRange !== undefined && ifRange !== etag)) return whole

  const spec = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(headers.range)
  if (spec === null || (spec[1] === '' && spec[2] === '')) return whole
  const [start, end] = boundsOf(spec[1] ?? '', spec[2] ?? '', size)
  if (start > end) return whole // last before first: malformed
  return start >= size || start === end ? { ...whole, status: 416 } : { status: 206, start, end }
}

/** What the range says, cut to the size; the first of it not below the last of it, unless it is malformed. */
function boundsOf(first: string, last: string, size: number): [start: number, end: number] {
  if (first === '') return [Math.max(0, size - Number(last)), size]
  const start = Number(first)
  if (last === '') return [start, Math.max(start, size)]
  return Number(last) < start ? [1, 0] : [start, Math.max(start, Math.min(Number(last) + 1, size))]
}

/** The weak comparison of RFC 9110, section 8.8.3.2, with each tag of a list. */
function isNamed(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag.replace(/^W\//, '') === etag)
}

/** Value of `Content-Range`. */
export function contentRange(answer: RangeAnswer, size: number): string {
  return answer.status === 416 ? `bytes */${size}` : `bytes ${answer.start}-${answer.end - 1}/${size}`
}
