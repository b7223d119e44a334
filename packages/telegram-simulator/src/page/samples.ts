import type { Request } from '../people/requests.ts'
import type { Say } from './words.ts'

type Upload = NonNullable<Request<'sendMedia'>['file']>

/** A screenshot as people send them: a phone that cannot connect. */
export function drawScreenshot(say: Say, hue = 350): Upload {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 640 })
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  const sky = pen.createLinearGradient(0, 0, 480, 640)
  sky.addColorStop(0, `hsl(${hue} 45% 22%)`)
  sky.addColorStop(1, `hsl(${hue + 40} 40% 12%)`)
  pen.fillStyle = sky
  pen.fillRect(0, 0, 480, 640)
  pen.strokeStyle = `hsl(${hue} 80% 66%)`
  pen.lineWidth = 14
  pen.beginPath()
  pen.arc(240, 230, 92, 0, Math.PI * 2)
  pen.moveTo(205, 195)
  pen.lineTo(275, 265)
  pen.moveTo(275, 195)
  pen.lineTo(205, 265)
  pen.stroke()
  const write = (text: string, y: number, size: number, color: string) => {
    pen.fillStyle = color
    pen.font = `600 ${size}px Roboto, "Noto Sans", system-ui, sans-serif`
    pen.textAlign = 'center'
    pen.fillText(text, 240, y)
  }
  write('9:41', 48, 22, '#fffc')
  write(say('sample-title'), 410, 36, '#fff')
  write(say('sample-line'), 454, 22, '#fff9')
  pen.fillStyle = `hsl(${hue} 70% 52%)`
  pen.beginPath()
  pen.roundRect(120, 520, 240, 66, 33)
  pen.fill()
  write(say('sample-button'), 562, 24, '#fff')
  const [, base64 = ''] = canvas.toDataURL('image/png').split(',')
  return { base64, name: 'screenshot.png', mimeType: 'image/png' }
}

/** A chosen file as the People API takes it, and the kind of message that it becomes. */
export async function readFile(file: File): Promise<{ kind: 'photo' | 'video' | 'document'; file: Upload }> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  const { name, type } = file
  const kind = /^image\/(png|jpe?g|webp)$/.test(type) ? 'photo' : type.startsWith('video/') ? 'video' : 'document'
  return { kind, file: { base64: url.slice(url.indexOf(',') + 1), name, mimeType: type || 'application/octet-stream' } }
}
