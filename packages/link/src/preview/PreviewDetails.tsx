import type { ReactNode } from 'react'
import { Button } from '@vitrine/ui/Button.tsx'
import Download from '@react-spectrum/s2/icons/Download'
import type { PublicItemDetail } from '@vitrine/api/public'
import { typeOf } from '../browse/item-type.ts'
import { formatDuration } from '@vitrine/ui/language/formats.ts'
import { useText } from '../language/text.tsx'
import type { Text } from '../language/text.tsx'
import type { Neighbours } from './use-neighbours.ts'

/** The line below the name. */
export function PreviewFacts(props: {
  item: PublicItemDetail | undefined
  position: Neighbours['position']
  isNarrow: boolean
}): ReactNode {
  const text = useText()
  const { item, position } = props
  const facts = [
    ...(position === undefined ? [] : [text('preview.position', position)]),
    ...(item === undefined ? [] : [typeOf(item, text), text.bytes(item.size)]),
    ...(item?.width === undefined || item.height === undefined || props.isNarrow
      ? []
      : [text('item.dimensions', { width: item.width, height: item.height })]),
  ]
  return <p>{facts.length === 0 ? ' ' : facts.join(' · ')}</p>
}

/** Everything there is to know about an asset, and its files. */
export function PreviewDetails(props: {
  item: PublicItemDetail
  renditions: boolean
  onQueue?: () => void
}): ReactNode {
  const text = useText()
  const { item } = props
  return (
    <aside className="preview-details" aria-label={text('preview.details')}>
      <h2>{text('preview.details')}</h2>
      <dl>
        {detailsOf(item, text).map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className="preview-files">
        {item.original === undefined ? null : (
          <a className="preview-file strong" href={item.original} download={item.name}>
            <Download />
            {text('preview.original.size', { size: text.bytes(item.size) })}
          </a>
        )}
        {props.renditions ? <Renditions item={item} /> : null}
        {props.onQueue === undefined ? null : (
          <Button variant="secondary" onClick={props.onQueue}>
            {text('queue.button')}
          </Button>
        )}
      </div>
    </aside>
  )
}

function Renditions({ item }: { item: PublicItemDetail }): ReactNode {
  const text = useText()
  return item.renditions.map(({ name, state, url, size }) =>
    state !== 'ready' || url === undefined ? null : (
      <a key={name} className="preview-file" href={url} download="">
        <Download />
        {[text('preview.rendition', { name }), ...(size === undefined ? [] : [text.bytes(size)])].join(', ')}
      </a>
    ),
  )
}

function detailsOf(item: PublicItemDetail, text: Text): [string, string][] {
  return [
    [text('preview.name'), item.name],
    [text('preview.type'), typeOf(item, text)],
    [text('preview.size'), text.bytes(item.size)],
    ...(item.width === undefined || item.height === undefined
      ? []
      : [
          [text('preview.dimensions'), text('item.dimensions', { width: item.width, height: item.height })] as [
            string,
            string,
          ],
        ]),
    ...(item.duration === undefined
      ? []
      : [[text('preview.duration'), formatDuration(item.duration)] as [string, string]]),
    [text('preview.modified'), text.moment(item.modifiedAt)],
  ]
}
