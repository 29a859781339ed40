import type { ReactNode } from 'react'
import { TypeSign } from '@vitrine/ui/listing/ItemArt.tsx'

/** The sign of a type, large, and why there is no picture. */
export function NoPicture(props: { mediaType: string; title: string; words: string }): ReactNode {
  return (
    <div className="asset-none" role="status">
      <TypeSign mediaType={props.mediaType} />
      <h2>{props.title}</h2>
      <p>{props.words}</p>
    </div>
  )
}
