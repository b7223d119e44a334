import {
  type Address,
  type Column,
  openDialog,
  type Page,
  readAddress,
  showToast,
} from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'
import { openBrowser } from './browser.ts'
import type { Stage } from './world-client.ts'

interface FollowOptions {
  readonly stage: Stage
  /** Rows to choose who opens an address. */
  choosePerson(choose: (person: number) => void): TemplateResult
  customer(): Column
}

/**
 * Follows what people tap. A bot's address opens its chat in the same column; one that is meant for a friend asks who
 * opens it; a page opens in a window over the chats; anybody's name puts them into the customer's column; anything else
 * opens in a tab.
 */
export function createFollow(page: Page, { stage, choosePerson, customer }: FollowOptions) {
  const { say } = page
  const bots = Object.values(stage.bots)
  const findBot = (name: string) => bots.find(({ username }) => username.toLowerCase() === name.toLowerCase())
  const askWho = (column: Column, title: string, url: string): void => {
    const address = readAddress(url)
    const bot = address.kind === 'bot' ? findBot(address.username) : undefined
    if (address.kind !== 'bot' || !bot) {
      showToast(url)
      return
    }
    const dialog = openDialog(page, { title })
    const choose = (person: number): void => {
      dialog.close()
      column.openAs(person)
      void column.start(`@${bot.username}`, address.payload)
    }
    dialog.show(html`<p class="hint">${say('share-hint')}</p>${choosePerson(choose)}`)
  }
  const openBot = (address: Address & { kind: 'bot' }, url: string, column: Column, isInText: boolean): void => {
    const bot = findBot(address.username)
    const ref = `@${bot?.username}`
    if (!bot) window.open(url, '_blank', 'noopener')
    else if (isInText && address.payload && column.seat().ref === ref) askWho(column, say('link-title'), url)
    else if (address.payload === undefined) column.open(ref)
    else void column.start(ref, address.payload)
  }
  const follow = (url: string, column: Column, isInText = false): void => {
    const address = readAddress(url)
    if (address.kind === 'bot') openBot(address, url, column, isInText)
    else if (address.kind === 'share') askWho(column, say('share-title'), address.url)
    else if (address.kind === 'person') customer().openAs(address.person)
    else if (address.kind === 'web') openWeb(address.url, column)
    else showToast(url)
  }
  const openWeb = (url: URL, column: Column): void => {
    const path = url.pathname + url.search
    const server = Object.entries(stage.addresses).find(([, address]) => new URL(address).origin === url.origin)?.[0]
    const back = (next: string) => follow(next, column)
    if (server === 'web' || url.origin === location.origin) openBrowser(page, path, path.startsWith('/checkout/'), back)
    else if (server) openBrowser(page, path.replace(/^\/pay\//, `/checkout/${server}/`), true, back)
    else window.open(url, '_blank', 'noopener')
  }
  return follow
}
