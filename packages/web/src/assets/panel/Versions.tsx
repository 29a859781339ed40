import type { ReactNode } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import Compare from '@react-spectrum/s2/icons/Compare'
import Download from '@react-spectrum/s2/icons/Download'
import Revert from '@react-spectrum/s2/icons/Revert'
import { Button, buttonClass } from '@vitrine/ui/Button.tsx'
import { sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import { tell } from '../../notices/notices.ts'
import { FailurePage } from '../../shell/FailureNote.tsx'
import { Waiting } from '../../shell/Waiting.tsx'
import { versionsQuery } from '../asset-queries.ts'
import type { AssetDetail, Version } from '../asset-queries.ts'
import { factLine } from '../asset-words.ts'
import { restoreVersion } from './restore-version.ts'
import { UploadVersion } from './UploadVersion.tsx'

/** The states of an asset's original, the newest first: each can be compared, downloaded and made the current one again. */
export function Versions({
  asset,
  onCompare,
}: {
  asset: AssetDetail
  onCompare: (version: string) => void
}): ReactNode {
  const text = useText()
  const { data, error, refetch } = useQuery(versionsQuery(asset.id))
  const restore = useMutation({
    mutationFn: (version: Version) => restoreVersion(asset.id, version, data?.items[0], text),
    onError: (failure) => tell('failed', sentenceOf(failure, text)),
  })
  if (data === undefined) {
    if (error === null) return <Waiting />
    return <FailurePage failure={error} onRetry={() => void refetch()} />
  }
  const mayModify = asset.may.includes('modify')
  return (
    <>
      {mayModify ? <UploadVersion asset={asset} /> : null}
      <ol className="panel-list" aria-label={text('assets.versions.list')}>
        {data.items.map((version, index) => (
          <VersionLine
            key={version.id}
            asset={asset}
            version={version}
            isCurrent={index === 0}
            isBusy={restore.isPending}
            onCompare={() => onCompare(version.id)}
            {...(mayModify ? { onRestore: () => restore.mutate(version) } : {})}
          />
        ))}
      </ol>
    </>
  )
}

function VersionLine(props: {
  asset: AssetDetail
  version: Version
  isCurrent: boolean
  isBusy: boolean
  onCompare: () => void
  onRestore?: () => void
}): ReactNode {
  const text = useText()
  const { asset, version, isCurrent, onRestore } = props
  const { number } = version
  const name = text('assets.version', { number })
  return (
    <li>
      <span className="panel-item">
        <strong>
          {name}
          {isCurrent ? <em>{text('assets.version.current')}</em> : null}
        </strong>
        <small>
          {factLine([version.creator.displayName, text.moment(version.createdAt), text.bytes(version.size)])}
        </small>
      </span>
      <span className="panel-actions">
        {isCurrent ? null : (
          <Button
            variant="quiet"
            aria-label={text('assets.version.compare.label', { number })}
            title={text('assets.version.compare')}
            onClick={props.onCompare}
          >
            <Compare />
          </Button>
        )}
        {isCurrent || onRestore === undefined ? null : (
          <Button
            variant="quiet"
            aria-label={text('assets.version.restore.label', { number })}
            title={text('assets.version.restore')}
            disabled={props.isBusy}
            onClick={onRestore}
          >
            <Revert />
          </Button>
        )}
        {asset.may.includes('download-original') ? (
          <a
            className={buttonClass('quiet')}
            href={`/api/v1/nodes/${asset.id}/versions/${version.id}/content`}
            download=""
            aria-label={text('assets.download.label', { what: name })}
            title={text('assets.download')}
          >
            <Download />
          </a>
        ) : null}
      </span>
    </li>
  )
}
