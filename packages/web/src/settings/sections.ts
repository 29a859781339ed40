/** The sections of the settings, in the order in which they are shown. */
export const sections = [
  { path: '/settings/profile', label: 'settings.profile' },
  { path: '/settings/password', label: 'settings.password' },
  { path: '/settings/app-passwords', label: 'settings.appPasswords' },
  { path: '/settings/sessions', label: 'settings.sessions' },
] as const
