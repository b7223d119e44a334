import {
  adviseCircuit,
  afterFailure,
  afterSuccess,
  type Circuit,
  type CircuitLimits,
  type Clock,
  chargesSaved,
  closedCircuit,
  endsRecurring,
  isCancelable,
  isRefundable,
  type MethodId,
  type MethodOf,
  methodIdOf,
  type PaymentProvider,
  ProviderBusy,
  type ProviderId,
  ProviderRefused,
  ProviderUnreachable,
  type RecurringEdit,
  type RefundRequest,
  type SavedCharge,
  startAttempt,
} from '@vpn-kiosk/domain'

/** Calls to one provider at once, of each sort; further ones wait their turn. */
const mostAtOnce = 4
const mostWaiting = 200

const limits: CircuitLimits = { failures: 4, restMs: 15_000, longestRestMs: 5 * 60_000 }

/** A call that takes longer counts as unanswered, though its place stays taken until it really ends. */
const defaultDeadlineMs = 10_000

export interface GuardedProviders {
  readonly providers: ReadonlyMap<ProviderId, PaymentProvider>
  /** The provider did not answer, or refused this way to pay, several times in a row: better not offered now. */
  isResting(method: MethodOf): boolean
}

/**
 * Puts a guard before each provider, so that one that is slow or down delays nobody else: few calls at once, a deadline
 * for each, and a rest after failures in a row, in which it is not asked. Making invoices and asking about them are
 * guarded apart: a customer never waits behind a sweep.
 */
export function guardProviders(
  providers: ReadonlyMap<ProviderId, PaymentProvider>,
  clock: Clock,
  deadlineMs: number = defaultDeadlineMs,
): GuardedProviders {
  const guarded = new Map<ProviderId, PaymentProvider>()
  const guards = new Map<MethodId, readonly Guard[]>()
  for (const [id, provider] of providers) {
    const making = guardMaking(provider, clock, deadlineMs)
    // Some let nobody ask about one invoice twice within half a minute: that says nothing of the others.
    const asking = createGuard({
      id,
      clock,
      deadlineMs,
      isFailure: (error) => error instanceof ProviderUnreachable && !(error instanceof ProviderBusy),
    })
    const charging = createGuard({ id, clock, deadlineMs, isFailure: (error) => error instanceof ProviderUnreachable })
    for (const [method, guard] of making) guards.set(methodIdOf({ provider: id, method }), [guard, asking])
    guarded.set(id, {
      ...provider,
      probe: () => withinDeadline(id, provider.probe(), deadlineMs),
      createInvoice: (request) => getGuard(making, request.method).run(() => provider.createInvoice(request)),
      fetchStatus: (reference) => asking.run(() => provider.fetchStatus(reference)),
      ...(isCancelable(provider)
        ? { cancelInvoice: (reference: string) => asking.run(() => provider.cancelInvoice(reference)) }
        : {}),
      ...(isRefundable(provider)
        ? {
            refundPayment: (request: RefundRequest) => asking.run(() => provider.refundPayment(request)),
            fetchRefund: (request: RefundRequest, reference: string) =>
              asking.run(() => provider.fetchRefund(request, reference)),
          }
        : {}),
      ...(chargesSaved(provider)
        ? { chargeSaved: (request: SavedCharge) => charging.run(() => provider.chargeSaved(request)) }
        : {}),
      ...(endsRecurring(provider)
        ? { editRecurring: (request: RecurringEdit) => asking.run(() => provider.editRecurring(request)) }
        : {}),
    })
  }
  return {
    providers: guarded,
    isResting: (of) => guards.get(methodIdOf(of))?.some((guard) => guard.isResting()) ?? false,
  }
}

type Making = ReadonlyMap<string | undefined, Guard>

/** A guard for each way to pay: an account that lacks one has the others. */
const guardMaking = ({ id, methods = [], recurring }: PaymentProvider, clock: Clock, deadlineMs: number): Making =>
  new Map(
    [undefined, ...methods, ...(recurring ? [recurring.method] : [])].map((method) => [
      method,
      createGuard({
        id,
        clock,
        deadlineMs,
        isFailure: (error) => error instanceof ProviderUnreachable || error instanceof ProviderRefused,
      }),
    ]),
  )

function getGuard(guards: Making, method: string | undefined): Guard {
  const guard = guards.get(method)
  if (!guard) throw new RangeError(`no such way to pay: ${method}`)
  return guard
}

interface Guard {
  isResting(): boolean
  run<T>(call: () => Promise<T>): Promise<T>
}

interface GuardOptions {
  readonly id: ProviderId
  readonly clock: Clock
  readonly deadlineMs: number
  /** Which errors count against the provider. */
  readonly isFailure: (error: unknown) => boolean
}

function createGuard({ id, clock, deadlineMs, isFailure }: GuardOptions): Guard {
  let circuit: Circuit = closedCircuit
  const places = createPlaces(id)

  const assertAsked = (): void => {
    const advice = adviseCircuit(circuit, clock.now())
    if (advice === 'rest') throw new ProviderResting(`${id} is not asked for a while: it did not answer`)
  }
  const start = async <T>(call: () => Promise<T>): Promise<T> => {
    // Whoever waited behind calls that have failed meanwhile need not fail like them.
    assertAsked()
    if (circuit.restsUntil !== null) circuit = startAttempt(circuit, clock.now(), deadlineMs)
    return await withinDeadline(id, places.holdUntilEnd(call()), deadlineMs)
  }
  return {
    isResting: () => adviseCircuit(circuit, clock.now()) === 'rest',
    run: async (call) => {
      assertAsked()
      await places.take(deadlineMs)
      try {
        const value = await start(call)
        circuit = afterSuccess()
        return value
      } catch (error) {
        if (error instanceof ProviderResting) places.leave()
        else if (isFailure(error)) {
          circuit = afterFailure(circuit, limits, clock.now())
        } else circuit = afterSuccess()
        throw error
      }
    },
  }
}

/** The shop itself did not ask. */
class ProviderResting extends ProviderUnreachable {}

interface Places {
  /** Throws when no place is free in time. */
  take(timeoutMs: number): Promise<void>
  leave(): void
  /** Gives the place back when the call has really ended, however long that takes. */
  holdUntilEnd<T>(call: Promise<T>): Promise<T>
}

function createPlaces(id: ProviderId): Places {
  let taken = 0
  const waiting: (() => void)[] = []
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else taken -= 1
  }
  return {
    leave,
    take: async (timeoutMs) => {
      if (taken < mostAtOnce) {
        taken += 1
        return
      }
      if (waiting.length >= mostWaiting) throw new ProviderResting(`${id} is asked too much at once`)
      await new Promise<void>((go, fail) => {
        const turn = () => {
          clearTimeout(timer)
          go()
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1)
          fail(new ProviderResting(`${id} is asked too much at once`))
        }, timeoutMs)
        waiting.push(turn)
      })
    },
    holdUntilEnd: (call) => {
      void call.then(leave, leave)
      return call
    },
  }
}

async function withinDeadline<T>(id: ProviderId, answer: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    const error = new ProviderUnreachable(`${id} gave no answer within ${deadlineMs} ms`)
    timer = setTimeout(() => fail(error), deadlineMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
