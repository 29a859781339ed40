import { messages as assets } from '../assets/messages.en.ts'
import { messages as downloads } from '../downloads/messages.en.ts'
import { messages as files } from '../files/messages.en.ts'
import { messages as notices } from '../notices/messages.en.ts'
import { messages as operations } from '../operations/messages.en.ts'
import { messages as problems } from './problems/en.ts'
import { messages as settings } from '../settings/messages.en.ts'
import { messages as shareLinks } from '../share-links/messages.en.ts'
import { messages as sharedWithMe } from '../shared-with-me/messages.en.ts'
import { messages as shell } from '../shell/messages.en.ts'
import { messages as signIn } from '../sign-in/messages.en.ts'
import { messages as trash } from '../trash/messages.en.ts'
import { messages as uploads } from '../uploads/messages.en.ts'

/** The words of the application, in English: ICU messages by what they are for. Each feature has its own. */
export const messages = {
  ...shell,
  ...problems,
  ...notices,
  ...signIn,
  ...settings,
  ...files,
  ...assets,
  ...operations,
  ...trash,
  ...downloads,
  ...uploads,
  ...shareLinks,
  ...sharedWithMe,
}

/** Names a message. */
export type MessageId = keyof typeof messages
