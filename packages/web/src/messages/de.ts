import { messages as assets } from '../assets/messages.de.ts'
import { messages as downloads } from '../downloads/messages.de.ts'
import { messages as files } from '../files/messages.de.ts'
import { messages as notices } from '../notices/messages.de.ts'
import type { MessageId } from './en.ts'
import { messages as operations } from '../operations/messages.de.ts'
import { messages as problems } from './problems/de.ts'
import { messages as settings } from '../settings/messages.de.ts'
import { messages as shareLinks } from '../share-links/messages.de.ts'
import { messages as sharedWithMe } from '../shared-with-me/messages.de.ts'
import { messages as shell } from '../shell/messages.de.ts'
import { messages as signIn } from '../sign-in/messages.de.ts'
import { messages as uploads } from '../uploads/messages.de.ts'
import { messages as trash } from '../trash/messages.de.ts'

/** The words of the application, in German. A message that English has and German lacks does not compile. */
export const messages: Record<MessageId, string> = {
  ...shell,
  ...problems,
  ...notices,
  ...signIn,
  ...settings,
  ...files,
  ...assets,
  ...downloads,
  ...uploads,
  ...shareLinks,
  ...sharedWithMe,
  ...operations,
  ...trash,
}
