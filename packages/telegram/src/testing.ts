export type { ApiCall, CannedFailure, FakeChats, Screen } from './testing/fake-chats.ts'
export { createBotHarness, type Harness, type HarnessOptions } from './testing/harness.ts'
export type { FeedOptions, Person, PersonOptions } from './testing/person.ts'
