import type { Download } from '@vitrine/api/public'
import { withCookies, type Caller } from '@vitrine/testkit'
import type { MatrixAsk, MatrixRow } from './rows.ts'
import type { MatrixLink, MatrixWorld } from './world.ts'
