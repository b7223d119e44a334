import { html, type TemplateResult } from 'lit-html'
import type { SeenMedia } from '../people/seen.ts'
import { showPhoto } from './dialogs.ts'
import { icon } from './icon.ts'
import type { Page } from './page.ts'

export const isPicture = ({ kind }: SeenMedia): boolean => ['photo', 'video', 'animation'].includes(kind)

export function mediaView(page: Page, media: SeenMedia): TemplateResult {
  switch (media.kind) {
    case 'photo':
      return photoView(page, media)
    case 'sticker':
      return html`<img class="sticker" src=${media.url} alt=${media.name} />`
    case 'voice':
    case 'audio':
      return voiceView(media)
    case 'video':
    case 'animation':
    case 'video_note':
      return videoView(page, media)
    default:
      return fileView(page, media)
  }
}

const largest = { width: 340, height: 400 }

function photoView(page: Page, { url, name, width, height }: SeenMedia): TemplateResult {
  const fit = width && height ? Math.min(largest.width, (largest.height * width) / height) : null
  const style = fit === null ? '' : `--ratio:${width} / ${height};--fit:${fit}px`
  return html`<button class="photo" type="button" title=${page.say('media-photo')} style=${style} @click=${() => showPhoto(page, url, name)}>
    <img src=${url} alt=${name} loading="lazy" /></button>`
}

const bars = 34

/** A voice message plays nothing here: the sample has no sound. */
function voiceView({ fileKey, kind, name, duration }: SeenMedia): TemplateResult {
  const seed = Number.parseInt(fileKey, 36) || 7
  const heightOf = (index: number) => 22 + Math.abs(Math.sin(seed + index * 1.7) * Math.cos(index * 0.6)) * 78
  const wave = Array.from({ length: bars }, (_, index) => html`<i style="height:${Math.round(heightOf(index))}%"></i>`)
  return html`<div class="voice"><span class="play">${icon('play')}</span>
    <div class="voice-body"><div class="wave">${wave}</div><small>0:${String(duration ?? 3).padStart(2, '0')}</small></div>
    ${kind === 'audio' ? html`<small>${name}</small>` : null}</div>`
}

const videoView = (page: Page, { kind, name, size }: SeenMedia): TemplateResult =>
  html`<div class="video ${kind}" title=${name}><span class="play">${icon('play')}</span>
    <small>${kind === 'animation' ? 'GIF' : page.formats.bytes(size)}</small></div>`

const fileView = (page: Page, { url, name, size }: SeenMedia): TemplateResult =>
  html`<a class="file" href=${url} download=${name} title=${name}><span class="play">${icon('file')}</span>
    <span class="file-name"><b>${name}</b><small>${page.formats.bytes(size)}</small></span></a>`
