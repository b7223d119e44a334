import { showPhoto } from './dialogs.js'
import { h, icon } from './element.js'
import { formatBytes, t } from './i18n.js'

const drawers = {
  photo: drawPhoto,
  sticker: drawSticker,
  voice: drawVoice,
  audio: drawVoice,
  video: drawVideo,
  animation: drawVideo,
  video_note: drawVideo,
}

export const drawMedia = (media) => (drawers[media.kind] ?? drawFile)(media)

const largest = { width: 340, height: 400 }

function drawPhoto({ url, name, width, height }) {
  const ratio =
    width && height
      ? {
          '--ratio': `${width} / ${height}`,
          '--fit': `${Math.min(largest.width, (largest.height * width) / height)}px`,
        }
      : {}
  return h(
    'button.photo',
    { type: 'button', title: t('photo'), style: ratio, onclick: () => showPhoto(url, name) },
    h('img', { src: url, alt: name, loading: 'lazy' }),
  )
}

function drawSticker({ url, name }) {
  return h('img.sticker', { src: url, alt: name })
}

const bars = 34

/** A voice message plays nothing here: the sample has no sound. */
function drawVoice({ fileKey, kind, name, duration }) {
  const seed = Number.parseInt(fileKey, 36) || 7
  const wave = Array.from({ length: bars }, (_, index) => {
    const height = 22 + Math.abs(Math.sin(seed + index * 1.7) * Math.cos(index * 0.6)) * 78
    return h('i', { style: { height: `${Math.round(height)}%` } })
  })
  const seconds = duration ?? 3
  return h(
    'div.voice',
    {},
    h('span.play', {}, icon('play')),
    h('div.voice-body', {}, h('div.wave', {}, ...wave), h('small', {}, `0:${String(seconds).padStart(2, '0')}`)),
    kind === 'audio' ? h('small', {}, name) : null,
  )
}

function drawVideo({ kind, name, size }) {
  const label = kind === 'animation' ? 'GIF' : formatBytes(size)
  return h(`div.video.${kind}`, { title: name }, h('span.play', {}, icon('play')), h('small', {}, label))
}

const drawFile = ({ url, name, size }) =>
  h(
    'a.file',
    { href: url, download: name, title: name },
    h('span.play', {}, icon('file')),
    h('span.file-name', {}, h('b', {}, name), h('small', {}, formatBytes(size))),
  )
