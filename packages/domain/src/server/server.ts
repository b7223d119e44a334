import type { Transitions } from '../state/transitions.ts'

/** `draining`: serves who is there, takes nobody new. `down`: does not answer. `disabled`: taken out by an admin. */
export const serverStates = ['active', 'draining', 'down', 'disabled'] as const
export type ServerState = (typeof serverStates)[number]

export const serverTransitions: Transitions<ServerState> = {
  active: ['draining', 'down', 'disabled'],
  draining: ['active', 'down', 'disabled'],
  down: ['active', 'draining', 'disabled'],
  disabled: ['active'],
}

/** ISO 3166 two letters → flag: `NL` → 🇳🇱. Anything else → a globe. */
export function flagOf(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return '🌐'
  return [...country].map((letter) => String.fromCodePoint(0x1f1e6 + letter.charCodeAt(0) - 65)).join('')
}
