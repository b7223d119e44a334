/**
 * What a simulated panel does instead of answering well. `lose-answer`: the call is carried out and the connection breaks;
 * `slow`: the answer comes after two seconds; `html`: a page with status 200, as from a captive proxy;
 * `endless`: a body that does not end; `redirect`: to another place; `protected`: the page of a protection service;
 * `empty`: good, with nothing inside, as the status of a panel that has just started;
 * `overtaken`: somebody else's change of the inbounds, begun before this call, ends after it and takes its effect away.
 */
export type PanelFault =
  | 'lose-answer'
  | 'slow'
  | 'bad-gateway'
  | 'html'
  | 'database-locked'
  | 'empty'
  | 'overtaken'
  | 'endless'
  | 'redirect'
  | 'protected'

export interface PanelFaults {
  /** For the next `times` calls (default 1) whose path contains `on`. */
  failNext(fault: PanelFault, scope?: { readonly times?: number; readonly on?: string }): void
  clear(): void
  take(path: string): PanelFault | null
}

export function createPanelFaults(): PanelFaults {
  let ordered: { readonly fault: PanelFault; readonly on: string; left: number }[] = []
  return {
    failNext: (fault, { times = 1, on = '' } = {}) => {
      ordered.push({ fault, on, left: times })
    },
    clear: () => {
      ordered = []
    },
    take: (path) => {
      const order = ordered.find(({ on }) => path.includes(on))
      if (order === undefined) return null
      order.left -= 1
      ordered = ordered.filter(({ left }) => left > 0)
      return order.fault
    },
  }
}
