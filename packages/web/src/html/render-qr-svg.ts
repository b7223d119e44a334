import { toString as writeQr } from 'qrcode'
import { type Html, html, trusted } from './html.ts'

/**
 * A QR code as an inline picture, dark on white whatever the page's colours: cameras want it so. A logo in its middle
 * hides a few dots, so the code then carries more redundancy.
 */
export async function renderQrSvg(text: string, logoUrl: string | null): Promise<Html> {
  const code = trusted(await writeQr(text, { type: 'svg', margin: 2, errorCorrectionLevel: logoUrl ? 'Q' : 'M' }))
  return html`<div class="qr">${code}${logoUrl && html`<img src="${logoUrl}" alt="">`}</div>`
}
