export { aServer, type ServerWishes, type TestServer } from './a-server.ts'
export {
  callerOf,
  expectStatus,
  sendTo,
  withCookies,
  withHeaders,
  type Answer,
  type Caller,
  type Sending,
} from './caller.ts'
export { type PeopleWords, type Person } from './people.ts'
export { dumpAsText, Secrets } from './secrets.ts'
export { makeTestDatabase, openTestDatabaseServer, type TestDatabase } from './test-database.ts'
export { aDatabase, type DatabaseForTest } from './a-database.ts'
export { aSlowTransfer, type SlowTransfer } from './slow-transfer.ts'
export { listenTo, type Listening } from './listening.ts'
export { aKillableServer, type KillableServer } from './a-killable-server.ts'
export { aProxy, hasProxy, type Proxy } from './a-proxy.ts'
