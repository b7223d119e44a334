import { world } from './api.js'
import { openDialog, showToast } from './dialogs.js'
import { h } from './element.js'
import { formatMoment, formatSum, t } from './i18n.js'

const refreshMs = 1500

/** The providers' invoices: pay, underpay, decline, or send the webhook again, ten times at once. */
export function openInvoices(follow) {
  const body = h('div.drawer-body', {})
  const { dialog, close } = openDialog({ title: t('invoicesTitle'), className: 'drawer' }, body)
  const act = async (verb, request) => {
    await world(verb, request).catch((error) => showToast(error.message, dialog))
    await refresh()
  }
  const openPage = (url) => {
    close()
    follow(url)
  }
  let print = ''
  const refresh = async () => {
    const invoices = await world('invoices')
    const next = JSON.stringify(invoices)
    if (next === print) return
    print = next
    body.replaceChildren(
      ...(invoices.length === 0
        ? [h('p.hint', {}, t('noInvoices'))]
        : invoices.map((one) => drawInvoice(one, { act, openPage }))),
    )
  }
  const timer = setInterval(() => (dialog.open ? void refresh() : clearInterval(timer)), refreshMs)
  void refresh()
}

function drawInvoice(invoice, { act, openPage }) {
  const { provider, reference, asked, received, description, status, createdAt } = invoice
  const button = (key, onclick, look = '') => h(`button.small${look}`, { type: 'button', onclick }, t(key))
  const half = (Number(asked.value) / 2).toFixed(2)
  const page = new URL(`/checkout/${provider}/${reference}`, location.href).href
  const deeds =
    status === 'pending'
      ? [
          button('pay', () => act('pay', { provider, reference }), '.primary'),
          button('payLess', () => act('pay', { provider, reference, amount: half })),
          button('decline', () => act('fail', { provider, reference })),
          button('openPage', () => openPage(page)),
        ]
      : [button('resend', () => act('resend', { provider, reference, times: 10 }))]
  const isPartial = received && received.value !== asked.value
  return h(
    'article.invoice-card',
    {},
    h(
      'div.invoice-top',
      {},
      h('b', {}, formatSum(asked)),
      isPartial ? h('span.bad', {}, `← ${formatSum(received)}`) : null,
      h(`span.state.${status}`, {}, t('invoiceStatus')[status]),
    ),
    h('div', {}, description),
    h('small', {}, `${t('providerNames')[provider]} · ${formatMoment(createdAt)} · `, h('span.mono', {}, reference)),
    h('div.invoice-deeds', {}, ...deeds),
  )
}
