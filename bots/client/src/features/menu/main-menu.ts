import type { Menu } from '@grammyjs/menu'
import type { ClientContext } from '../../context.ts'

/** The standing navigation, and the screen it stands on. */
export interface MainMenu {
  readonly menu: Menu<ClientContext>
  /** `hello` replaces the title. */
  show(hello?: string): (ctx: ClientContext) => Promise<void>
}
