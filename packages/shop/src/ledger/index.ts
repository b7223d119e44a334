import { checkBooks } from './check-books.ts'
import { recognizeRevenue } from './recognize-revenue.ts'

export const ledgerVerbs = {
  checkBooks,
  recognizeRevenue,
}
