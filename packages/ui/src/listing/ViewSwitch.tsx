import type { ComponentType, ReactNode } from 'react'

/** One way of showing a list. */
export interface OfferedView<View extends string> {
  readonly view: View
  readonly label: string
  readonly Icon: ComponentType
}

/** How a list is shown: one of a few views. */
export function ViewSwitch<View extends string>(props: {
  label: string
  views: readonly OfferedView<View>[]
  chosen: View
  onChoose: (view: View) => void
}): ReactNode {
  const { label, views, chosen, onChoose } = props
  return (
    <div className="switch" role="group" aria-label={label}>
      {views.map(({ view, label: name, Icon }) => (
        <button
          key={view}
          type="button"
          aria-pressed={view === chosen}
          aria-label={name}
          title={name}
          onClick={() => onChoose(view)}
        >
          <Icon />
        </button>
      ))}
    </div>
  )
}
