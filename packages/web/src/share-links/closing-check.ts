import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import type { AnswerOf } from '../api/client.ts'

/** What every door of a link that has ended has answered. */
export type ClosingCheck = AnswerOf<'POST /api/v1/share-links/:id/closing-check'>

/** Lets the server ask every door of a link that has ended. What it found stays until it is asked again. */
export const closingCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ['closing-check', id],
    queryFn: ({ signal }) => call('POST /api/v1/share-links/:id/closing-check', { params: { id }, signal }),
    staleTime: Infinity,
  })

/** The doors, those that are open first. */
export function openFirst(doors: ClosingCheck['doors']): ClosingCheck['doors'] {
  return doors.toSorted((one, other) => Number(one.closed) - Number(other.closed))
}
