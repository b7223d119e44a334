export * from './entities/index.ts'
export * from './open-database.ts'
