import { buyFromBalance } from './buy-from-balance.ts'
import { getBalance } from './get-balance.ts'
import { startTopUp } from './start-top-up.ts'

export const balanceVerbs = {
  buyFromBalance,
  getBalance,
  startTopUp,
}
