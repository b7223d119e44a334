import { people } from './api.js'
import { closeMenus, openDialog } from './dialogs.js'
import { avatar, h } from './element.js'
import { language, t } from './i18n.js'

/** Everybody who may be a customer: the cast, who was added here, and who comes from the seeded history. */
export async function loadCast(stage) {
  const staff = new Set([stage.people.owner.id, stage.people.agent.id])
  const all = (await people('list-persons')).filter(({ id }) => !staff.has(id))
  const isSeeded = ({ id }) => id >= 9000 && id < 10_000
  return { own: all.filter((person) => !isSeeded(person)), seeded: all.filter(isSeeded) }
}

/** Rows to choose a person from, and one that makes a new one. */
export function drawPersonChoice(cast, choose, { current, unread = () => 0 } = {}) {
  const row = ({ id, firstName, lastName }) => {
    const name = [firstName, lastName].filter(Boolean).join(' ')
    const count = unread(id)
    return h(
      `button.person${id === current ? '.chosen' : ''}`,
      { type: 'button', onclick: () => choose(id) },
      avatar(name, id),
      h('span', {}, name),
      count > 0 ? h('span.badge', {}, String(count)) : null,
    )
  }
  const list = h('div.person-list', {})
  const add = h('button.person.new', { type: 'button' }, h('span.avatar.plus', {}, '+'), h('span', {}, t('newPerson')))
  add.onclick = () => askName(choose)
  list.append(add)
  void cast().then(({ own, seeded }) => {
    add.before(...own.map(row))
    if (seeded.length > 0) list.append(h('div.person-divider', {}, t('seeded')), ...seeded.map(row))
  })
  return list
}

function askName(choose) {
  closeMenus()
  const field = h('input.field', { maxLength: 40, required: true, value: '', autocomplete: 'off' })
  const form = h('form.ask', {}, field, h('button.primary', { type: 'submit' }, t('create')))
  const { close } = openDialog({ title: t('newPersonName') }, form)
  form.onsubmit = async (event) => {
    event.preventDefault()
    const firstName = field.value.trim()
    if (firstName === '') return
    close()
    const { id } = await people('create-person', { firstName, languageCode: language })
    choose(id)
  }
  field.focus()
}
