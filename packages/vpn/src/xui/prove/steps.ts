import { setTimeout as delay } from 'node:timers/promises'

/** Runs named steps one after the other, prints each, and counts those that failed. */
export interface Proof {
  step(name: string, work: () => Promise<string | undefined>): Promise<void>
  readonly failed: number
  readonly passed: number
}

export function createProof(print: (line: string) => void): Proof {
  let failed = 0
  let passed = 0
  return {
    async step(name, work) {
      try {
        const detail = await work()
        passed += 1
        print(`OK      ${name}${detail === undefined ? '' : ` — ${detail}`}`)
      } catch (error) {
        failed += 1
        print(`FAILED  ${name} — ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    get failed() {
      return failed
    },
    get passed() {
      return passed
    },
  }
}

export function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

/** Waits until `check` holds; says how many seconds it took. A real panel polls its core every ten seconds. */
export async function until(what: string, check: () => Promise<boolean>, seconds = 60): Promise<string> {
  const start = Date.now()
  while (!(await check())) {
    demand(Date.now() - start < seconds * 1000, `not within ${seconds} s: ${what}`)
    await delay(500)
  }
  return `${Math.round((Date.now() - start) / 100) / 10} s`
}
