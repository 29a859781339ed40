import { messages as shared } from '@vitrine/downloads/messages.en.ts'

/** The words of downloads, in English. */
export const messages = {
  ...shared,
  'rail.downloads': 'Download Inbox',
  'downloads.title': 'Download',
  'downloads.now': 'Download',
  'downloads.queue': 'Queue Download',
  'downloads.originals.denied': 'You may not download the originals.',
  'downloads.size':
    '{count, plural, one {# file} other {# files}}, {size}{parts, plural, =0 {} one {} other {, in # archives}}',
  'downloads.size.most': 'At most {count, plural, one {# file} other {# files}}, {size}',
  'downloads.nothing': 'There is nothing in it that you may download.',
  'downloads.notAllowed':
    '{count, plural, one {# file is left out: you may not download it.} other {# files are left out: you may not download them.}}',
  'downloads.toMake':
    '{count, plural, one {# rendition is made first.} other {# renditions are made first.}} The download waits in the inbox meanwhile.',
  'downloads.overLimit': 'That is more than the {limit} that may be downloaded at once. Choose less.',
  'downloads.overLimit.contact':
    'That is more than the {limit} that may be downloaded at once. Choose less, or ask {contact}.',
  'downloads.queued': 'Queued: {name}. It is being prepared.',
  'downloads.queued.ready': 'Queued: {name}, {count, plural, one {# file} other {# files}}, {size}. Ready.',
  'downloads.queued.parts': 'Queued: {name}, {size}. All {parts, number} archives are in the inbox.',
  'downloads.ready': 'Ready to download: {name}',
  'downloads.failed': 'A download could not be prepared: {name}',
  'downloads.open': 'Open inbox',
  'downloads.empty': 'Nothing queued yet',
  'downloads.empty.text':
    'Open a folder in Files and choose Download. What you queue waits here, and can be downloaded again.',
}
