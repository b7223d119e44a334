import { people } from './api.js'
import { menuItem, openMenu, showToast } from './dialogs.js'
import { h, icon } from './element.js'
import { t } from './i18n.js'
import { drawScreenshot, readFile } from './samples.js'
import { summarize } from './service.js'

/** The line where a person writes. `seat()` says who and where; `sent` is called after each message. */
export function createComposer({ seat, sent, place }) {
  let replied = null
  let edited = null
  const field = h('textarea.field', { rows: 1, placeholder: t('write'), autocomplete: 'off' })
  const file = h('input', { type: 'file', hidden: true })
  const banner = h('div.banner', { hidden: true })
  const commands = h('div.command-list', { hidden: true })
  const keys = h('div.reply-keys', { hidden: true })

  const act = async (deed) => {
    try {
      await deed()
      sent()
    } catch (error) {
      showToast(error.message, place())
    }
  }
  const where = () => {
    const { person, ref, topic } = seat()
    const replyTo = replied ? { replyTo: replied.id } : {}
    return { person, chat: ref, ...(topic ? { topic } : {}), ...replyTo }
  }
  const forget = () => {
    replied = null
    edited = null
    banner.hidden = true
  }
  const submit = () => {
    const text = field.value.trim()
    if (text === '') return undefined
    const { person, chat, ...rest } = where()
    const change = edited
    field.value = ''
    forget()
    commands.hidden = true
    return act(() =>
      change
        ? people('edit-text', { person, chat, message: change.id, text })
        : people('send-text', { person, chat, ...rest, text }),
    )
  }
  const sendMedia = (kind, upload) => {
    const request = { ...where(), kind, ...(upload ? { file: upload } : {}) }
    forget()
    return act(() => people('send-media', request))
  }
  const sendAlbum = () => {
    const { replyTo: _, ...request } = where()
    forget()
    const items = [350, 210, 150].map((hue) => ({ kind: 'photo', file: drawScreenshot(hue) }))
    return act(() => people('send-album', { ...request, items }))
  }

  field.oninput = () => void suggest(field.value.startsWith('/') ? field.value.slice(1) : null)
  field.onkeydown = (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      void submit()
    }
    if (event.key === 'Escape') {
      forget()
      commands.hidden = true
    }
  }
  file.onchange = async () => {
    const chosen = file.files[0]
    file.value = ''
    if (!chosen) return
    const upload = await readFile(chosen)
    await sendMedia(upload.kind, upload.file)
  }

  async function suggest(typed) {
    const { person, ref } = seat()
    const isOffered = typed !== null && String(ref).startsWith('@')
    const offered = isOffered ? await people('list-commands', { person, bot: ref }).catch(() => []) : []
    const fitting = offered.filter(({ command }) => command.startsWith(typed ?? ''))
    commands.replaceChildren(
      ...fitting.map(({ command, description }) =>
        h(
          'button.command',
          {
            type: 'button',
            onclick: () => {
              field.value = `/${command}`
              void submit()
            },
          },
          h('b', {}, `/${command}`),
          h('span', {}, description),
        ),
      ),
    )
    commands.hidden = fitting.length === 0
  }

  const slash = h('button.round.slash', {
    type: 'button',
    title: t('commands'),
    textContent: '/',
    onclick: () => suggest(commands.hidden ? '' : null),
  })
  const attach = h(
    'div.anchor',
    {},
    h(
      'button.round',
      {
        type: 'button',
        title: t('attach'),
        onclick: (event) =>
          openMenu(
            event.currentTarget,
            [
              menuItem('📎', t('chooseFile'), () => file.click()),
              menuItem('🖼️', t('samplePhoto'), () => sendMedia('photo', drawScreenshot())),
              menuItem('🎙️', t('sampleVoice'), () => sendMedia('voice')),
              menuItem('🎬', t('sampleVideo'), () => sendMedia('video')),
              menuItem('🗂️', t('sampleAlbum'), sendAlbum),
            ],
            'up',
          ),
      },
      icon('attach'),
    ),
  )
  const send = h('button.round.send', { type: 'button', title: t('send'), onclick: submit }, icon('send'))
  const line = h('div.composer-line', {}, attach, slash, field, send)

  const showBanner = (label, message) => {
    const cancel = h('button.round', { type: 'button', title: t('cancel'), onclick: forget }, icon('close'))
    banner.replaceChildren(
      icon(edited ? 'edit' : 'reply'),
      h('div', {}, h('b', {}, label), h('span', {}, summarize(message))),
      cancel,
    )
    banner.hidden = false
    field.focus()
  }

  let keysPrint = ''
  return {
    element: h('div.composer', {}, commands, banner, line, keys, file),
    focus: () => field.focus({ preventScroll: true }),
    reply: (message) => {
      forget()
      replied = message
      showBanner(message.from.name, message)
    },
    edit: (message) => {
      forget()
      edited = message
      field.value = message.text
      showBanner(t('editing'), message)
    },
    /** Another chat: nothing of the last one's stays. */
    reset: () => {
      forget()
      field.value = ''
      commands.hidden = true
    },
    show: ({ keyboard, isBot, placeholder }) => {
      slash.hidden = !isBot
      field.placeholder = placeholder
      const print = JSON.stringify(keyboard)
      if (print === keysPrint) return
      keysPrint = print
      const press = (text) => act(() => people('send-text', { ...where(), text }))
      const draw = (text) => h('button.reply-key', { type: 'button', onclick: () => press(text) }, text)
      keys.replaceChildren(...keyboard.map((row) => h('div.inline-row', {}, ...row.map(draw))))
      keys.hidden = keyboard.length === 0
    },
  }
}
