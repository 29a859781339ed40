import type { ComponentType } from 'react'
import type { LinkProps } from '@tanstack/react-router'
import type { MessageId } from '../messages/en.ts'

/** One section of the application in the rail: there is one for each page that exists, and no other. */
export interface RailEntry {
  /** First part of the section's addresses, as `/files`; also where its entry leads to. */
  readonly path: NonNullable<LinkProps['to']>
  readonly label: MessageId
  readonly icon: ComponentType
  /** `foot`: apart from the others, at the end. */
  readonly place?: 'foot'
}

/** Whether an address lies in a section. */
export function isIn(entry: RailEntry, pathname: string): boolean {
  return pathname === entry.path || pathname.startsWith(`${entry.path}/`)
}
