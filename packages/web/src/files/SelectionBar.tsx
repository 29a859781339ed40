import type { ComponentType, ReactNode } from 'react'
import Close from '@react-spectrum/s2/icons/Close'
import { Button } from '@vitrine/ui/Button.tsx'
import { SelectAll } from '@vitrine/ui/listing/SelectBox.tsx'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'
import { useNarrow } from '@vitrine/ui/use-narrow.ts'
import { useText } from '../language/text.ts'

/** Something that can be done with what is selected. */
export interface SelectionAct {
  readonly label: string
  readonly Icon: ComponentType
  readonly run: () => void
}

/** What is selected, and what can be done with it. */
export function SelectionBar(props: {
  selection: ListSelection
  total: number | undefined
  /** Of what is selected, in bytes, when it is known. */
  size?: number | undefined
  acts: readonly SelectionAct[]
  /** What else can be done, before the others. */
  children?: ReactNode
}): ReactNode {
  const text = useText()
  const isNarrow = useNarrow()
  const { selection, size } = props
  const { count } = selection
  const said =
    size === undefined
      ? text('selection.count', { count })
      : text('selection.count.size', { count, size: text.bytes(size) })
  return (
    <section className="selection-bar" aria-label={text('selection.label')}>
      <SelectAll label={text('files.selectAll')} selection={selection} total={props.total} />
      <span className="selection-count" role="status">
        {selection.isLoading ? text('app.loading') : said}
      </span>
      <Button variant="quiet" aria-label={text('selection.clear')} onClick={selection.clear}>
        <Close />
      </Button>
      <span className="selection-actions">
        {props.children}
        {props.acts.map(({ label, Icon, run }) => (
          <Button key={label} variant="quiet" aria-label={label} title={label} onClick={run}>
            <Icon />
            {isNarrow ? null : <span>{label}</span>}
          </Button>
        ))}
      </span>
    </section>
  )
}
