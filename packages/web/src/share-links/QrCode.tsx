import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '@vitrine/ui/Button.tsx'
import { addressOf } from '../api/client.ts'
import { useText } from '../language/text.ts'
import { tell } from '../notices/notices.ts'
import type { LinkEditor } from './link-editor.ts'
import type { ShareLink } from './link-settings.ts'
import { savePng } from './save-png.ts'

/** The QR code of a link; where there is none yet, it is made first: a code that opens nothing is worth nothing. */
export function QrCode({ editor }: { editor: LinkEditor }): ReactNode {
  const text = useText()
  const { link } = useSyncExternalStore(editor.subscribe, () => editor.state)
  const [isShown, setShown] = useState(false)
  const show = async () => setShown(await editor.save())
  if (isShown && link !== undefined) return <QrPicture link={link} />
  return (
    <div className="sharing-act">
      <Button variant="secondary" onClick={() => void show()}>
        {text('qr.show')}
      </Button>
      {link === undefined ? <small>{text('sharing.makesIt')}</small> : null}
    </div>
  )
}

/** The QR code of a link that is there, to be looked at and to be saved. */
export function QrPicture({ link }: { link: ShareLink }): ReactNode {
  const text = useText()
  const [hasFailed, setFailed] = useState(false)
  // With the audience the URL changes: the browser must not show the former code.
  const address = addressOf('/api/v1/share-links/:id/qr.svg', {
    params: { id: link.id },
    query: { audience: link.audience },
  })
  const save = () => savePng(address, `${fileNameOf(link.title)}.png`).catch(() => tell('failed', text('qr.failed')))
  if (hasFailed) {
    return (
      <div className="sharing-act" role="alert">
        <p>{text('qr.failed')}</p>
        <Button variant="secondary" onClick={() => setFailed(false)}>
          {text('app.retry')}
        </Button>
      </div>
    )
  }
  return (
    <figure className="qr">
      <img
        key={link.audience}
        src={address}
        alt={text('qr.alt', { title: link.title })}
        onError={() => setFailed(true)}
      />
      <figcaption>
        <a className={buttonClass('quiet')} href={address} download={`${fileNameOf(link.title)}.svg`}>
          {text('qr.saveSvg')}
        </a>
        <Button variant="quiet" onClick={() => void save()}>
          {text('qr.savePng')}
        </Button>
      </figcaption>
    </figure>
  )
}

/** Browsers replace what a file's name must not hold; dots at its start would hide it. */
function fileNameOf(title: string): string {
  return title.replace(/^\.+/, '') || 'vitrine'
}
