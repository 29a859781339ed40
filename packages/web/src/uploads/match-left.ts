import type { LeftUpload } from './left-uploads.ts'

/** The name of an upload: the last part of its path. */
export function nameOf({ relativePath }: { readonly relativePath: string }): string {
  return relativePath.slice(relativePath.lastIndexOf('/') + 1)
}

/** Which of the files are those that were being uploaded: name, size and time of change are the same. */
export function matchLeft<File extends { readonly name: string; readonly size: number; readonly lastModified: number }>(
  left: readonly LeftUpload[],
  files: readonly File[],
): { readonly matches: readonly { readonly upload: LeftUpload; readonly file: File }[]; readonly others: number } {
  const open = new Map<string, LeftUpload[]>()
  for (const upload of left) {
    const key = keyOf(nameOf(upload), upload.size, Date.parse(upload.modifiedAt ?? ''))
    open.set(key, [...(open.get(key) ?? []), upload])
  }
  const matches = files.flatMap((file) => {
    const upload = open.get(keyOf(file.name.normalize('NFC'), file.size, file.lastModified))?.shift()
    return upload === undefined ? [] : [{ upload, file }]
  })
  return { matches, others: files.length - matches.length }
}

function keyOf(name: string, size: number, changedAt: number): string {
  return JSON.stringify([name, size, changedAt])
}
