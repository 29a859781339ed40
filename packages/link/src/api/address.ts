/** The link's token, as it stands in the page's own address. */
export const token = new URLSearchParams(location.search).get('sh') ?? ''

/** An address below the first door, with the token and these parameters. */
export function addressOf(path: string, parameters: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams({ sh: token })
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  // The token's own characters need no escape, and stay readable.
  return `/linkshare.html${path}?${search.toString()}`
}
