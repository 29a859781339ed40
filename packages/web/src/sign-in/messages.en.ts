/** The words of the pages before one is in, in English. */
export const messages = {
  'signIn.title': 'Sign in',
  'signIn.first': 'Sign in to go on to the page that you asked for.',
  'signIn.name': 'Name',
  'signIn.password': 'Password',
  'signIn.button': 'Sign in',
  'signIn.pending': 'Signing in…',
  'signIn.slow': 'After wrong attempts this takes some seconds, on purpose.',
  'signIn.wait': '{seconds, plural, one {Wait # second} other {Wait # seconds}}',
  'signIn.wrong': 'Name and password do not belong together. Check both, also upper and lower case.',
  'signIn.tooMany':
    'Too many wrong attempts from here. {seconds, plural, one {Try again in # second.} other {Try again in # seconds.}}',
  'signIn.language': 'Language',

  'again.title': 'Sign in again',
  'again.why':
    '{name}, your session has ended. Sign in, and you go on where you are: nothing that you have entered is lost.',
  'again.leave': 'Sign in as somebody else',

  'choose.title': 'Choose a password',
  'choose.why': 'Welcome, {name}. Somebody else knows the password that you were given: choose one of your own.',
  'choose.button': 'Set the password and go on',

  'password.current': 'Present password',
  'password.new': 'New password',
  'password.rule': 'At least 8 characters. A few words in a row are easy to keep in mind.',
  'password.repeat': 'New password again',
  'password.other': 'This is not the same as above.',
  'password.wrong': 'This is not your present password.',
  'password.pending': 'Changing…',
}
