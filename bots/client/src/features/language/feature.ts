import type { Menu } from '@grammyjs/menu'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { showLanguages } from './menu.ts'

export function languageFeature(menu: Menu<ClientContext>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('language', showLanguages(menu))
  return feature
}
