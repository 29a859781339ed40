import { forgetAnswers } from '../api/queries.ts'
import { forgetNotices } from '../notices/notices.ts'

/** Forgets all that was shown and told to somebody, before somebody else may come. */
export function forgetPerson(): void {
  forgetNotices()
  forgetAnswers()
}
