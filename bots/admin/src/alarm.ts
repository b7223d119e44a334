/** A pause that can be cut short; a ring between two pauses is not lost. */
export interface Alarm {
  ring(): void
  wait(ms: number): Promise<void>
}

export function createAlarm(): Alarm {
  let wake: (() => void) | null = null
  let hasRung = false
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    async wait(ms) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = null
      hasRung = false
    },
  }
}
