import { language } from './i18n.js'

const words = {
  ru: ['Нет подключения', 'Не удалось установить VPN', 'Повторить'],
  en: ['Not connected', 'The VPN could not be set up', 'Try again'],
}

/** A screenshot as customers send them: a phone that can't connect. */
export function drawScreenshot(hue = 350) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 640 })
  const pen = canvas.getContext('2d')
  const [title, line, button] = words[language]
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
  const write = (text, y, size, color) => {
    pen.fillStyle = color
    pen.font = `600 ${size}px Roboto, "Noto Sans", system-ui, sans-serif`
    pen.textAlign = 'center'
    pen.fillText(text, 240, y)
  }
  write('9:41', 48, 22, '#fffc')
  write(title, 410, 36, '#fff')
  write(line, 454, 22, '#fff9')
  pen.fillStyle = `hsl(${hue} 70% 52%)`
  pen.beginPath()
  pen.roundRect(120, 520, 240, 66, 33)
  pen.fill()
  write(button, 562, 24, '#fff')
  return { base64: canvas.toDataURL('image/png').split(',')[1], name: 'screenshot.png', mimeType: 'image/png' }
}

/** A chosen file as the People API takes it, and the kind of message it becomes. */
export async function readFile(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  const { name, type } = file
  const kind = /^image\/(png|jpe?g|webp)$/.test(type) ? 'photo' : type.startsWith('video/') ? 'video' : 'document'
  const mimeType = type || 'application/octet-stream'
  return { kind, file: { base64: url.slice(url.indexOf(',') + 1), name, mimeType } }
}
