import { createContext, use, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** Places of the shell that a page may fill. */
const places = ['tree', 'path', 'actions'] as const

/** One of the places: the folder tree in the rail, the path at the top, and what can be done beside it. */
export type SlotName = (typeof places)[number]

type Elements = Readonly<Record<SlotName, HTMLElement | null>>

interface Slots {
  readonly elements: Elements
  readonly setElement: (name: SlotName, element: HTMLElement | null) => void
}

const SlotsContext = createContext<Slots | undefined>(undefined)

/** Lets pages below it fill the places that are drawn below it. */
export function SlotsProvider({ children }: { children: ReactNode }): ReactNode {
  const [elements, setElements] = useState<Elements>({ tree: null, path: null, actions: null })
  const slots = useMemo(
    () => ({
      elements,
      setElement: (name: SlotName, element: HTMLElement | null) =>
        setElements((before) => (before[name] === element ? before : { ...before, [name]: element })),
    }),
    [elements],
  )
  return <SlotsContext value={slots}>{children}</SlotsContext>
}

/** Where the shell shows what a page puts into a place. */
export function SlotPlace({ name, className }: { name: SlotName; className: string }): ReactNode {
  const { setElement } = useSlots()
  const [keep] = useState(() => (element: HTMLElement | null) => setElement(name, element))
  return <div ref={keep} className={className} />
}

/** Puts something of a page into a place of the shell: `<Fill slot="path">…</Fill>`. */
export function Fill({ slot, children }: { slot: SlotName; children: ReactNode }): ReactNode {
  const element = useSlots().elements[slot]
  return element === null ? null : createPortal(children, element)
}

function useSlots(): Slots {
  const slots = use(SlotsContext)
  if (slots === undefined) throw new Error('the shell’s places are only there below SlotsProvider')
  return slots
}
