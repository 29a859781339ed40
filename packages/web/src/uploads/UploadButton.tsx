import { Suspense, useRef, useState } from 'react'
import type { ChangeEvent, ReactNode } from 'react'
import Upload from '@react-spectrum/s2/icons/Upload'
import { Button } from '@vitrine/ui/Button.tsx'
import { useText } from '../language/text.ts'
import { lazyPart } from '../start/load-part.ts'
import { startUpload } from './start-upload.ts'
import type { UploadFolder } from './upload-entry.ts'
import './uploads.css'

const UploadMenu = lazyPart(() => import('./UploadMenu.tsx'), 'UploadMenu')

/** React knows no such attribute by its type. */
const folderOnly = { webkitdirectory: '' }

/** Uploads files, or a folder, that one chooses. The menu is loaded when it is opened first. */
export function UploadButton({ folder }: { folder: UploadFolder }): ReactNode {
  const text = useText()
  const files = useRef<HTMLInputElement>(null)
  const folders = useRef<HTMLInputElement>(null)
  const [isWanted, setWanted] = useState(false)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    startUpload.files(folder, [...(event.target.files ?? [])])
    // The same may be chosen again.
    event.target.value = ''
  }
  const label = (
    <>
      <Upload />
      <span className="upload-button-word">{text('uploads.button')}</span>
    </>
  )
  const button = (
    <Button variant="secondary" className="upload-button" aria-haspopup="menu" onClick={() => setWanted(true)}>
      {label}
    </Button>
  )
  return (
    <>
      <input ref={files} type="file" multiple hidden data-upload="files" onChange={take} />
      <input ref={folders} type="file" {...folderOnly} hidden data-upload="folder" onChange={take} />
      {isWanted ? (
        <Suspense fallback={button}>
          <UploadMenu onFiles={() => files.current?.click()} onFolder={() => folders.current?.click()}>
            {label}
          </UploadMenu>
        </Suspense>
      ) : (
        button
      )}
    </>
  )
}
