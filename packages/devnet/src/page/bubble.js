import { drawButtons } from './buttons.js'
import { copyText } from './dialogs.js'
import { avatar, h, hueOf, icon } from './element.js'
import { formatTime, t } from './i18n.js'
import { drawMedia } from './media.js'
import { describeService, summarize } from './service.js'

/**
 * One message, or an album of them, as a row of the chat. `look` tells its place among its neighbours
 * (`isFirst`, `isLast` of the same author, `isGroup`), `deeds` what may be done with it.
 */
export function drawRow(messages, look, deeds) {
  const [message] = messages
  const side = message.isMine ? 'out' : 'in'
  const edges = `${look.isFirst ? '.first' : ''}${look.isLast ? '.last' : ''}`
  return h(
    `div.row.${side}${edges}${look.isGroup ? '.grouped' : ''}`,
    { data: { message: message.id } },
    look.isGroup && !message.isMine
      ? h('div.row-avatar', {}, look.isLast ? avatar(message.from.name, message.from.id) : null)
      : null,
    h(
      'div.stack',
      {},
      drawBubble(messages, look, deeds),
      message.buttons.length > 0 ? drawButtons(message, deeds) : null,
      message.reactions.length > 0
        ? h('div.reactions', {}, ...message.reactions.map((one) => h('span', {}, one)))
        : null,
    ),
    drawTools(message, deeds),
  )
}

export const drawService = ({ body }) => h('div.service', {}, h('span', {}, describeService(body)))

export const drawDay = (text) => h('div.service.day', {}, h('span', {}, text))

function drawBubble(messages, look, deeds) {
  const [message] = messages
  const media = messages.flatMap((one) => (one.media ? [one.media] : []))
  const isPicture = media.length > 0 && ['photo', 'video', 'animation'].includes(media[0].kind)
  const caption = messages.find(({ text }) => text) ?? message
  const classes = [
    isPicture && 'pictured',
    !caption.text && media.length > 0 && 'wordless',
    media[0] && `has-${media[0].kind}`,
  ]
  return h(
    `div.bubble${classes
      .filter(Boolean)
      .map((name) => `.${name}`)
      .join('')}`,
    {},
    look.isGroup && look.isFirst && !message.isMine ? drawSender(message.from) : null,
    message.forwardedFrom ? h('div.forwarded', {}, t('forwarded', { name: message.forwardedFrom })) : null,
    message.replyTo ? drawQuote(message.replyTo, deeds) : null,
    media.length > 1 ? h(`div.album.of-${media.length}`, {}, ...media.map(drawMedia)) : media.map(drawMedia),
    message.body?.invoice ? drawInvoice(message.body.invoice) : null,
    drawText(caption, message, deeds),
  )
}

const drawSender = ({ id, name }) => h('div.sender', { style: { '--hue': hueOf(id) } }, name)

function drawText(caption, message, { follow, place }) {
  const text = h('div.text', {})
  // The People API has escaped whatever the author wrote.
  text.innerHTML = caption.html
  for (const link of text.querySelectorAll('a')) {
    link.rel = 'noreferrer'
    link.onclick = (event) => {
      event.preventDefault()
      follow(link.href, true)
    }
  }
  for (const code of text.querySelectorAll('code, pre')) code.onclick = () => copyText(code.textContent, place())
  for (const spoiler of text.querySelectorAll('.spoiler')) spoiler.onclick = () => spoiler.classList.add('shown')
  text.append(
    h('span.meta', {}, message.editedAt ? `${t('edited')} ` : '', formatTime(message.at), message.isMine ? ' ✓✓' : ''),
  )
  return text
}

function drawQuote(id, { findMessage, scrollTo }) {
  const quoted = findMessage(id)
  return h(
    'button.quote',
    { type: 'button', style: { '--hue': hueOf(quoted?.from.id) }, onclick: () => scrollTo(id) },
    h('b', {}, quoted?.from.name ?? ''),
    h('span', {}, quoted ? summarize(quoted) : t('deleted')),
  )
}

const drawInvoice = ({ title, description, total_amount: amount, currency }) =>
  h(
    'div.invoice',
    {},
    h('b', {}, title),
    h('span', {}, description),
    h('strong', {}, currency === 'XTR' ? `${amount} ⭐` : `${amount / 100} ${currency}`),
  )

function drawTools(message, { reply, edit, remove, like }) {
  const tool = (name, label, act) =>
    h('button.tool', { type: 'button', title: label, onclick: () => act(message) }, name === 'like' ? '👍' : icon(name))
  const tools = [
    tool('reply', t('reply'), reply),
    message.isMine ? null : tool('like', t('like'), like),
    message.isMine && (message.text || message.media) ? tool('edit', t('edit'), edit) : null,
    message.isMine ? tool('trash', t('remove'), remove) : null,
  ]
  return h('div.tools', {}, ...tools)
}
