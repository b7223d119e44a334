import { people } from './api.js'
import { copyText, showAlert, showToast } from './dialogs.js'
import { h, icon } from './element.js'
import { t } from './i18n.js'

const marks = { url: 'out', 'web-app': 'window', copy: 'copy', pay: 'star' }

/** The buttons under a message. `seat` says who presses and where; `follow` opens addresses. */
export function drawButtons(message, { seat, follow, place }) {
  const press = async (button, element) => {
    if (button.kind === 'copy') return copyText(button.value, place())
    if (button.kind === 'url' || button.kind === 'web-app') return follow(button.value)
    if (element.classList.contains('busy')) return undefined
    element.classList.add('busy')
    try {
      showResult(await request(message, button, seat()), { follow, place: place() })
    } catch (error) {
      showToast(error.message, place())
    } finally {
      element.classList.remove('busy')
    }
    return undefined
  }
  const draw = (button) =>
    h(
      `button.inline${button.style ? `.style-${button.style}` : ''}`,
      { type: 'button', data: { kind: button.kind }, onclick: (event) => press(button, event.currentTarget) },
      h('span', {}, button.text),
      marks[button.kind] ? h('sup', {}, icon(marks[button.kind])) : null,
    )
  return h('div.inline-keyboard', {}, ...message.buttons.map((row) => h('div.inline-row', {}, ...row.map(draw))))
}

function request(message, button, { person, ref, topic }) {
  const place = { person, chat: ref, message: message.id, ...(topic ? { topic } : {}) }
  if (button.kind === 'pay') return people('pay', { person, bot: ref, message: message.id })
  return people('press', { ...place, ...(button.value === null ? { text: button.text } : { data: button.value }) })
}

function showResult(result, { follow, place }) {
  if (result.kind === 'refused') showAlert(result.message)
  if (result.kind !== 'callback') return
  if (result.answer === null) return showToast(t('noAnswer'), place)
  const { text, showAlert: isAlert, url } = result.answer
  if (url) follow(url)
  if (text && isAlert) showAlert(text)
  else if (text) showToast(text, place)
}
