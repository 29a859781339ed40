import { useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import Upload from '@react-spectrum/s2/icons/Upload'
import { useText } from '../language/text.ts'
import { startUpload } from './start-upload.ts'
import { hasFiles, takeDropped } from './take-dropped.ts'
import type { UploadFolder } from './upload-entry.ts'
import './uploads.css'

/** Makes the whole page a place to drop files, and Ctrl+V a way to upload what was copied. Draws itself while files are dragged. */
export function UploadDropArea({ folder }: { folder: UploadFolder }): ReactNode {
  const text = useText()
  const [isOver, setOver] = useState(false)
  const start = useEffectEvent((transfer: DataTransfer | null) => startUpload.dropped(folder, takeDropped(transfer)))
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return
      // Says that it may be dropped; without it the browser would open the file.
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Out of the window, not from one part of the page to another.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      start(event.dataTransfer)
    }
    const paste = (event: ClipboardEvent) => {
      if (isTextField(event.target) || !hasFiles(event.clipboardData)) return
      event.preventDefault()
      start(event.clipboardData)
    }
    const stop = new AbortController()
    const { signal } = stop
    addEventListener('dragenter', drag, { signal })
    addEventListener('dragover', drag, { signal })
    addEventListener('dragleave', leave, { signal })
    addEventListener('drop', drop, { signal })
    document.addEventListener('paste', paste, { signal })
    return () => stop.abort()
  }, [])
  if (!isOver) return null
  return (
    <div className="upload-drop">
      <p>
        <Upload />
        {text('uploads.drop', { name: folder.name })}
      </p>
    </div>
  )
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'))
}
