import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import Close from '@react-spectrum/s2/icons/Close'
import Download from '@react-spectrum/s2/icons/Download'
import Settings from '@react-spectrum/s2/icons/Settings'
import { useText } from '../language/text.tsx'
import { DownloadAllText } from './LinkHeader.tsx'
import type { ListSelection } from '@vitrine/ui/listing/use-selection.ts'

/** What the bar offers. */
export interface BottomBarProps {
  readonly selection: ListSelection
  /** Of what is selected, in bytes, when it is known. */
  readonly size: number | undefined
  readonly isNarrow: boolean
  readonly canDownload: boolean
  readonly isInFolder: boolean
  readonly isWorking: boolean
  readonly onOptions: () => void
  readonly onQueue: () => void
  readonly onDownload: () => void
}

/** What can be done with the selection; on a narrow screen with everything, when nothing is selected. */
export function BottomBar(props: BottomBarProps): ReactNode {
  const text = useText()
  const { selection, size, isNarrow, canDownload } = props
  const isSelecting = selection.count > 0
  if (!isSelecting && (!isNarrow || !canDownload)) return null
  return (
    <section className="bottom-bar" aria-label={text('selection.label')}>
      {isSelecting ? <SelectionCount selection={selection} size={size} /> : null}
      {canDownload ? (
        <div className="bottom-actions">
          <Button variant="quiet" aria-label={text('queue.options')} onClick={props.onOptions}>
            <Settings />
          </Button>
          <Button variant="secondary" onClick={props.onQueue} disabled={props.isWorking}>
            {text('queue.button')}
          </Button>
          <Button variant="accent" onClick={props.onDownload} disabled={props.isWorking}>
            <Download />
            {isSelecting ? (
              <span>
                {size === undefined || isNarrow
                  ? text('queue.download')
                  : text('queue.download.size', { size: text.bytes(size) })}
              </span>
            ) : (
              <DownloadAllText isInFolder={props.isInFolder} />
            )}
          </Button>
        </div>
      ) : (
        <span className="bottom-note">{text('queue.nothingAllowed')}</span>
      )}
    </section>
  )
}

function SelectionCount({ selection, size }: Pick<BottomBarProps, 'selection' | 'size'>): ReactNode {
  const text = useText()
  const { count } = selection
  const said =
    size === undefined
      ? text('selection.count', { count })
      : text('selection.count.size', { count, size: text.bytes(size) })
  return (
    <div className="bottom-count">
      <Button variant="quiet" aria-label={text('selection.clear')} onClick={selection.clear}>
        <Close />
      </Button>
      <span role="status">{selection.isLoading ? text('selection.loading') : said}</span>
    </div>
  )
}
