import type { ErrorCode, PixelSize, RenditionName } from '@vitrine/domain'
import type { FrameHeader } from './frames.ts'

/** Server to decoder: the picture is the body. */
export interface DecodeRequest extends FrameHeader {
  /** Pictures with more pixels are not decoded. */
  readonly pixelLimit: number
}

/** A rendition within the body of a {@link DecodeAnswer}. */
export interface EncodedRendition extends PixelSize {
  readonly name: RenditionName
  readonly mediaType: 'image/jpeg' | 'image/webp'
  /** In bytes. */
  readonly length: number
}

/** Decoder to server: first that it is ready, then one answer a request. */
export type DecodeAnswer = FrameHeader &
  (
    | { readonly kind: 'ready' }
    | {
        readonly kind: 'made'
        /** The picture as it is shown: after EXIF orientation. */
        readonly picture: PixelSize
        /** They lie one after another in the body. */
        readonly renditions: readonly EncodedRendition[]
      }
    | {
        readonly kind: 'failed'
        readonly code: ErrorCode
        /** What the decoder library said. For the log, never for people. */
        readonly reason: string
      }
  )
