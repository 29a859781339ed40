export { aServer, type ServerWishes, type TestServer } from './a-server.ts'
export { callerOf, sendTo, withCookies, withHeaders, type Answer, type Caller, type Sending } from './caller.ts'
export { dumpAsText, Secrets } from './secrets.ts'
export { makeTestDatabase, openTestDatabaseServer, type TestDatabase } from './test-database.ts'
