import { closeMonth } from './close-month.ts'
import { exportMonth } from './export-month.ts'
import { getMonthReport } from './get-month-report.ts'
import { listReportDays } from './list-report-days.ts'

export const reportVerbs = {
  closeMonth,
  exportMonth,
  getMonthReport,
  listReportDays,
}
