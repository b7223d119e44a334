import type { Wizard } from './wizard.ts'

/** Wizards in progress, one a person. In this process's memory only: a restart forgets them, and so it should. */
export interface WizardMemory {
  recall(actor: bigint): Wizard | null
  keep(actor: bigint, wizard: Wizard): void
  forget(actor: bigint): void
}

const idleMs = 30 * 60_000

/** An abandoned wizard is forgotten after half an hour. */
export function createWizardMemory(): WizardMemory {
  const kept = new Map<bigint, { readonly wizard: Wizard; readonly timer: NodeJS.Timeout }>()
  const forget = (actor: bigint): void => {
    clearTimeout(kept.get(actor)?.timer)
    kept.delete(actor)
  }
  return {
    recall: (actor) => kept.get(actor)?.wizard ?? null,
    keep: (actor, wizard) => {
      forget(actor)
      kept.set(actor, { wizard, timer: setTimeout(() => kept.delete(actor), idleMs).unref() })
    },
    forget,
  }
}
