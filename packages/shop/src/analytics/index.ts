import { getDashboard } from './get-dashboard.ts'
import { keepFigures } from './keep-figures.ts'

export const analyticsVerbs = {
  getDashboard,
  keepFigures,
}
