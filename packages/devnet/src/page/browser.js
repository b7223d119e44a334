import { openDialog } from './dialogs.js'
import { h, icon } from './element.js'
import { language, t } from './i18n.js'

const settledMs = 1600

/** A page of this world in a window over the chats, as Telegram opens one. A paid invoice closes it by itself. */
export function openBrowser({ url, isPayment }, follow) {
  const shown = isPayment ? `${url}?lang=${language}` : url
  const frame = h('iframe.browser-frame', { src: shown, title: t('browser') })
  const tab = h('a.round', { href: shown, target: '_blank', rel: 'noopener', title: t('openInTab') }, icon('open'))
  const { close } = openDialog({ title: t('browser'), className: 'browser', actions: [tab] }, frame)
  frame.onload = () => {
    const page = frame.contentDocument
    if (!page) return
    if (isPayment && page.querySelector('.state') && !page.querySelector('form')) setTimeout(close, settledMs)
    page.addEventListener('click', (event) => {
      const link = event.target.closest?.('a[href]')
      if (!link || !/^(https?:\/\/(t|telegram)\.me\/|tg:)/.test(link.href)) return
      event.preventDefault()
      close()
      follow(link.href)
    })
  }
}
