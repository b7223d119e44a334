import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import type { MainMenu } from '../menu/main-menu.ts'
import { showLanguages } from './menu.ts'

export function languageFeature({ menu }: MainMenu): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('language', showLanguages(menu))
  return feature
}
