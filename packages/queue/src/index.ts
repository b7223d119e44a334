export * from './jobs.ts'
export * from './open-queue.ts'
export * from './queue.ts'
