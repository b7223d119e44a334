import { toString as drawQr } from 'qrcode'
import { type Html, trusted } from './html.ts'

/** A QR code as an inline picture, dark on white whatever the page's colours: cameras want it so. */
export async function qrOf(text: string): Promise<Html> {
  return trusted(await drawQr(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }))
}
