export { jobs } from './jobs.ts'
export { timetable } from './schedule.ts'
export { startJobs } from './start-jobs.ts'
