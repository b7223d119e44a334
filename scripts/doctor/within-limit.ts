import { withoutSecrets } from '@vpn-kiosk/app'
import { describeError } from '../command-line/describe-error.ts'
import { type Finding, wrong } from './finding.ts'

const usualLimitMs = 10_000

/** The findings of one check; one that throws or takes longer than 10 s is a finding as well. */
export async function withinLimit(
  name: string,
  examine: () => Promise<readonly Finding[]>,
  limitMs = usualLimitMs,
): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<readonly Finding[]>((resolve) => {
    const late = wrong(name, `no answer within ${limitMs / 1000} s`, 'look at the network between here and there')
    timer = setTimeout(() => resolve([late]), limitMs)
  })
  try {
    return await Promise.race([examine(), limit])
  } catch (error) {
    return [wrong(name, withoutSecrets(describeError(error)), 'mend what it says and ask again')]
  } finally {
    clearTimeout(timer)
  }
}
