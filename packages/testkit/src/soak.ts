/**
 * Whether the tests of a campaign run at their full length: hundreds of kills, and files that take minutes. They do in
 * `npm run soak`; `npm test` takes a short slice of each.
 */
export const soak = process.env['SOAK'] === 'true'
