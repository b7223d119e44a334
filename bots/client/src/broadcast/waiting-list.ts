import type { CustomerId } from '@vpn-kiosk/domain'
import type { Recipient } from '@vpn-kiosk/shop'

export interface WaitingList {
  /** The next one to write to, handed out once; null when nobody is left on the list. */
  next(): Promise<Recipient | null>
  /** Was not written to: comes next. */
  giveBack(recipient: Recipient): void
}

/** Whom nobody has claimed, a page at a time: memory is flat however many there are. */
export function createWaitingList(readPage: (after: CustomerId | null) => Promise<readonly Recipient[]>): WaitingList {
  const page: Recipient[] = []
  let last: CustomerId | null = null
  let isRead = false
  let reading: Promise<void> | null = null
  const turnPage = async (): Promise<void> => {
    const found = await readPage(last)
    page.push(...found)
    last = found.at(-1)?.customerId ?? last
    isRead = found.length === 0
  }
  return {
    async next() {
      while (page.length === 0 && !isRead) {
        reading ??= turnPage().finally(() => {
          reading = null
        })
        await reading
      }
      return page.shift() ?? null
    },
    giveBack: (recipient) => void page.unshift(recipient),
  }
}
