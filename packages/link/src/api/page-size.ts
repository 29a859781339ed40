/** Items that are asked for at a time. */
export const PAGE_SIZE = 200
