import { readAddress } from './addresses.js'
import { openBrowser } from './browser.js'
import { openDialog, showToast } from './dialogs.js'
import { h } from './element.js'
import { t } from './i18n.js'
import { drawPersonChoice } from './person-menu.js'

/**
 * Follows what people tap. A bot's address opens its chat in the same column; one that is meant for a friend asks who
 * opens it; a page opens in a window over the chats; anybody's name
 * puts them into the customer's column; anything else opens in a tab.
 */
export function createFollow({ stage, column, customer, cast }) {
  const startAs = async (person, { bot, payload }) => {
    await column().openAs(person)
    await column().start(bot, payload)
  }
  const askWho = (title, hint, target) => {
    const { close, dialog } = openDialog({ title })
    const choose = async (person) => {
      close()
      await startAs(person, target)
    }
    dialog.append(h('p.hint', {}, hint), drawPersonChoice(cast, choose))
  }
  const follow = (url, isInText = false) => {
    const target = readAddress(url, stage)
    switch (target.kind) {
      case 'bot':
        if (isInText && target.payload && column().isAt(target.bot))
          return askWho(t('linkTitle'), t('shareHint'), target)
        return target.payload === undefined ? column().open(target.bot) : column().start(target.bot, target.payload)
      case 'share': {
        const shared = readAddress(target.url, stage)
        if (shared.kind !== 'bot') return showToast(target.url)
        return askWho(t('shareTitle'), t('shareHint'), shared)
      }
      case 'person':
        return customer().openAs(target.person)
      case 'page':
        return openBrowser(target, follow)
      case 'outside':
        return window.open(url, '_blank', 'noopener')
      default:
        return showToast(url)
    }
  }
  return follow
}
