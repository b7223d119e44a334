import { exportMonth } from './export-month.ts'
import { getMonthReport } from './get-month-report.ts'

export const reportVerbs = {
  exportMonth,
  getMonthReport,
}
