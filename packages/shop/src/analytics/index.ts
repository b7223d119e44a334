import { getDashboard } from './get-dashboard.ts'
import { refreshFigures } from './refresh-figures.ts'

export const analyticsVerbs = {
  getDashboard,
  refreshFigures,
}
