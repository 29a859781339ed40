import { toString } from 'qrcode'

/** A text as a QR code for a terminal. */
export function qrText(text: string): Promise<string> {
  return toString(text, { type: 'utf8', errorCorrectionLevel: 'L', margin: 2 })
}
