import { messages as assets } from '../assets/messages.en.ts'
import { messages as downloads } from '../downloads/messages.en.ts'
import { messages as files } from '../files/messages.en.ts'
import { messages as notices } from '../notices/messages.en.ts'
import { messages as problems } from './problems/en.ts'
import { messages as settings } from '../settings/messages.en.ts'
import { messages as shell } from '../shell/messages.en.ts'
import { messages as signIn } from '../sign-in/messages.en.ts'

/** The words of the application, in English: ICU messages by what they are for. Each feature has its own. */
export const messages = { ...shell, ...problems, ...notices, ...signIn, ...settings, ...files, ...assets, ...downloads }

/** Names a message. */
export type MessageId = keyof typeof messages
