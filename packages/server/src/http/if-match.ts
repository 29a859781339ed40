/** The tags of `If-Match`, with their quotes (RFC 9110, section 13.1.1); undefined: whatever the state is will do. */
export function tagsOfIfMatch(ifMatch: string | undefined): readonly string[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  return ifMatch.split(',').map((tag) => tag.trim())
}
