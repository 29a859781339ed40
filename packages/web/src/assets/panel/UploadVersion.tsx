import { useRef } from 'react'
import type { ReactNode } from 'react'
import AlertTriangle from '@react-spectrum/s2/icons/AlertTriangle'
import { Button } from '@vitrine/ui/Button.tsx'
import { codeOf, sentenceOf } from '../../api/failure-words.ts'
import { useText } from '../../language/text.ts'
import type { AssetDetail } from '../asset-queries.ts'
import { uploadVersion, useVersionUpload } from './version-uploads.ts'
import type { VersionUpload } from './version-uploads.ts'

/** Sends a file as a new version: asks which, shows how far it is, and keeps it when it did not get there. */
export function UploadVersion({ asset }: { asset: AssetDetail }): ReactNode {
  const text = useText()
  const upload = useVersionUpload(asset.id)
  const input = useRef<HTMLInputElement>(null)
  if (upload?.failure !== undefined) return <Refused asset={asset} upload={upload} />
  if (upload !== undefined) return <OnItsWay upload={upload} />
  return (
    <div className="panel-upload">
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text('assets.upload.file')}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) void uploadVersion(asset, file, text)
          target.value = ''
        }}
      />
      <Button variant="secondary" onClick={() => input.current?.click()}>
        {text('assets.upload')}
      </Button>
    </div>
  )
}

function OnItsWay({ upload }: { upload: VersionUpload }): ReactNode {
  const text = useText()
  const { file, share, cancel } = upload
  const label = text('assets.upload.progress', { name: file.name })
  return (
    <div className="panel-upload">
      <p>
        <span>{label}</span> <span>{text.percent(share)}</span>
      </p>
      <progress aria-label={label} max={1} value={share} />
      <Button variant="secondary" onClick={cancel}>
        {text('assets.upload.cancel')}
      </Button>
    </div>
  )
}

function Refused({ asset, upload }: { asset: AssetDetail; upload: VersionUpload }): ReactNode {
  const text = useText()
  const { file, failure, cancel } = upload
  const isChanged = codeOf(failure) === 'node/changed'
  return (
    <div className="failure-note" role="alert">
      <AlertTriangle />
      <p>
        <strong>{file.name}</strong>
        <br />
        {isChanged ? text('assets.upload.changed') : sentenceOf(failure, text)}
      </p>
      <span className="panel-ways">
        <Button variant="secondary" onClick={() => void uploadVersion(asset, file, text)}>
          {text(isChanged ? 'assets.upload.anyway' : 'assets.upload.again')}
        </Button>
        <Button variant="quiet" onClick={cancel}>
          {text('assets.upload.cancel')}
        </Button>
      </span>
    </div>
  )
}
