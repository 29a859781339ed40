import type { MatrixRow } from './rows.ts'

/** The routes of `downloads/public-routes.ts`. */
export const downloadRows: readonly MatrixRow[] = []
