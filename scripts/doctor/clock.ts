import { type Check, fine, wrong } from './finding.ts'

const name = 'clock'
const toleratedSeconds = 30

/** Compares this machine's time with the `Date` header of the Bot API. */
export const clockCheck: Check = {
  name,
  examine: async ({ config, clock }) => {
    const askedAt = clock.now().getTime()
    // The root path of the Bot API needs no token.
    const response = await fetch(config.telegram.apiRoot, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(8_000),
    }).catch(() => null)
    const middle = (askedAt + clock.now().getTime()) / 2
    const theirs = Date.parse(response?.headers.get('date') ?? '')
    if (Number.isNaN(theirs)) {
      return [wrong(name, 'not compared: the Bot API does not answer', 'check the network, and TELEGRAM_API_ROOT')]
    }
    const offSeconds = Math.round(Math.abs(middle - theirs) / 1000)
    if (offSeconds <= toleratedSeconds) return [fine(name, `within ${toleratedSeconds} s of Telegram's`)]
    const direction = middle > theirs ? 'ahead of' : 'behind'
    return [wrong(name, `${offSeconds} s ${direction} Telegram's`, 'timedatectl set-ntp true (or chrony)')]
  },
}
