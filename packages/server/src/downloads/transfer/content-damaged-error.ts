/** A content's file is missing, or shorter than its row says: the transfer must break off. */
export class ContentDamagedError extends Error {
  override readonly name = 'ContentDamagedError'
}
