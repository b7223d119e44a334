import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { makeAgentButton } from './callbacks.ts'

const nameLength = 64

/** Why a message in a topic did not reach the customer: its author has no role, or hides who they are. */
export type Refusal = 'role' | 'anonymous' | 'channel'

export const refusedView = (t: Translator, refusal: Refusal, person: { id: number; name: string }): View => {
  const name = bounded(person.name, nameLength)
  const text = t(`roles-refused-${refusal}`, { name })
  if (refusal !== 'role') return { text }
  return {
    text,
    keyboard: [[makeAgentButton.button(t.plain('roles-make-agent', { name }), { person: person.id }, 'primary')]],
  }
}

export const madeAgentView = (t: Translator, name: string): View => ({
  text: t('roles-made-agent', { name: bounded(name, nameLength) }),
})
