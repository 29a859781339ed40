import { toString } from 'qrcode'

/** A text as a QR code, an SVG document. The text stands in it as squares alone. */
export function qrSvg(text: string): Promise<string> {
  return toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
}
