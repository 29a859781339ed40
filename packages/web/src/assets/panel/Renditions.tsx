import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import Download from '@react-spectrum/s2/icons/Download'
import { buttonClass } from '@vitrine/ui/Button.tsx'
import { useText } from '../../language/text.ts'
import type { Text } from '../../language/text.ts'
import { FailureNote } from '../../shell/FailureNote.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { renditionsQuery } from '../asset-queries.ts'
import type { AssetDetail, Rendition } from '../asset-queries.ts'
import { dimensionsOf } from '../../files/node-words.ts'
import { factLine } from '../asset-words.ts'
import { failureOf } from '../AssetPicture.tsx'

/** The original of an asset and its renditions, each to be downloaded where one may. */
export function Renditions({ asset }: { asset: AssetDetail }): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(renditionsQuery(asset.id, asset.version ?? ''))
  const mayRendition = asset.may.includes('download-rendition')
  return (
    <>
      <ul className="panel-list" aria-label={text('assets.renditions.list')}>
        <FileLine
          name={text('assets.original')}
          facts={factLine([text.bytes(asset.size ?? 0), dimensionsOf(asset, text)])}
          {...(asset.may.includes('download-original')
            ? { href: `/api/v1/nodes/${asset.id}/versions/${asset.version ?? ''}/content` }
            : {})}
        />
        {data?.items.map((rendition) => (
          <FileLine
            key={rendition.name}
            name={nameOf(rendition, text)}
            facts={stateOf(rendition, text)}
            {...(mayRendition && rendition.url !== undefined ? { href: `${rendition.url}?download` } : {})}
          />
        ))}
      </ul>
      {data?.items.length === 0 ? <p className="panel-words">{text('assets.renditions.none')}</p> : null}
      {data === undefined && error === null ? <Waiting /> : null}
      <FailureNote failure={error} onRetry={() => void refetch()} />
    </>
  )
}

function FileLine({ name, facts, href }: { name: string; facts: string; href?: string }): ReactNode {
  const text = useText()
  return (
    <li>
      <span className="panel-item">
        <strong>{name}</strong>
        <small>{facts}</small>
      </span>
      {href === undefined ? null : (
        <a
          className={buttonClass('quiet')}
          href={href}
          download=""
          aria-label={text('assets.download.label', { what: name })}
          title={text('assets.download')}
        >
          <Download />
        </a>
      )}
    </li>
  )
}

/** A server may be newer than the page, and make others. */
function nameOf({ name }: Rendition, text: Text): string {
  if (name === 'thumbnail.319') return text('assets.rendition.thumbnail')
  return name === 'web.1280' ? text('assets.rendition.web') : name
}

function stateOf(rendition: Rendition, text: Text): string {
  if (rendition.state === 'queued') return text('assets.rendition.making')
  if (rendition.state === 'failed') return failureOf(rendition, text)
  return factLine([
    rendition.size === undefined ? undefined : text.bytes(rendition.size),
    dimensionsOf(rendition, text),
  ])
}
