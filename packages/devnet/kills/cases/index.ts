import type { KillCase } from '../scene.ts'
import { accessCases } from './access-cases.ts'
import { addonCases } from './addon-cases.ts'
import { balanceCases } from './balance-cases.ts'
import { cardCases } from './card-cases.ts'
import { giftCases } from './gift-cases.ts'
import { refundCases } from './refund-cases.ts'
import { starCases } from './star-cases.ts'
import { tellingCases } from './telling-cases.ts'
import { timeCases } from './time-cases.ts'

export const killCases: readonly KillCase[] = [
  ...giftCases,
  ...refundCases,
  ...balanceCases,
  ...addonCases,
  ...cardCases,
  ...timeCases,
  ...starCases,
  ...accessCases,
  ...tellingCases,
]
