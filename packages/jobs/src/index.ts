export { timetable } from './schedule.ts'
export { jobDefinitions, startJobs } from './start-jobs.ts'
