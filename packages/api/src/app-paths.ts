/**
 * Addresses of the signed-in application, as the server's router has them: each is answered with the one page.
 *
 * A section of the application has its own first word, and `/*` where it has addresses below it.
 */
export const appPaths = [
  '/',
  '/sign-in',
  '/choose-password',
  '/files',
  '/files/*',
  '/assets/*',
  '/shared-links',
  '/shared-links/*',
  '/shared-with-me',
  '/downloads',
  '/trash',
  '/settings',
  '/settings/*',
] as const
