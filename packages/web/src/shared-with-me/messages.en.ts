/** The words of what is shared with one, in English. */
export const messages = {
  'withMe.none': 'Nothing is shared with you yet',
  'withMe.none.text': 'Links that others make for people with an account appear here, as long as they work.',
  'withMe.open': 'Open {title}',
  'withMe.from': '{name}, {when}',
}
