import type { DownloadPart } from '@vitrine/api/public'

/**
 * A command for a POSIX shell that fetches all parts and, when it is run again, goes on where it stopped.
 *
 * The names come from others: they are quoted so that no character of theirs is the shell's, and a
 * leading dash is no option.
 */
export function curlCommand(parts: readonly DownloadPart[], origin: string): string {
  return parts
    .map(({ name, url }) => `curl -fL -C - -o ${quoted(`./${name}`)} ${quoted(new URL(url, origin).href)}`)
    .join(' && ')
}

/** In single quotes only the single quote itself means something; control characters have no place in a name. */
function quoted(words: string): string {
  // oxlint-disable-next-line no-control-regex
  return `'${words.replaceAll(/[\u0000-\u001f\u007f]/g, '_').replaceAll("'", String.raw`'\''`)}'`
}
