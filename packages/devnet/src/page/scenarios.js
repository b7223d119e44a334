import { openMenu } from './dialogs.js'
import { h } from './element.js'
import { t } from './i18n.js'

/** The strip of things to try, in their order; what was done keeps its tick. */
export function createScenarios({ pointAt }) {
  const done = new Set(JSON.parse(sessionStorage.getItem('done') ?? '[]'))
  const element = h('nav.scenarios', { ariaLabel: t('tryThis') }, h('b.scenarios-title', {}, t('tryThis')))

  const draw = ({ icon, title, hint, steps, where }, index) => {
    const chip = h(
      `button.scenario${done.has(index) ? '.done' : ''}`,
      { type: 'button' },
      h('span.scenario-icon', {}, icon),
      h('span.scenario-text', {}, h('b', {}, `${index + 1}. ${title}`), h('small', {}, hint)),
    )
    const finish = () => {
      done.has(index) ? done.delete(index) : done.add(index)
      sessionStorage.setItem('done', JSON.stringify([...done]))
      chip.classList.toggle('done', done.has(index))
    }
    const card = () =>
      h(
        'div.scenario-card',
        {},
        h('b', {}, `${icon} ${title}`),
        h('ol', {}, ...steps.map((step) => h('li', {}, step))),
        h(
          'div.scenario-deeds',
          {},
          h('button.small.primary', { type: 'button', onclick: () => pointAt(where) }, t('goThere')),
          h('button.small', { type: 'button', onclick: finish }, `✓ ${t('done')}`),
        ),
      )
    chip.onclick = () => {
      openMenu(element.lastElementChild, [card()], 'scenario-menu')
      const menu = element.querySelector('.scenario-menu')
      if (!menu) return
      const left = chip.getBoundingClientRect().left - element.getBoundingClientRect().left
      menu.style.left = `${Math.max(8, Math.min(left, element.clientWidth - menu.offsetWidth - 8))}px`
    }
    return chip
  }
  element.append(h('div.scenario-row', {}, ...t('scenarios').map(draw)))
  return { element }
}
