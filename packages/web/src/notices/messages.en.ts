/** The words of the notices, in English. */
export const messages = {
  'notices.title': 'Notices',
  'notices.button': '{unread, plural, =0 {Notices} other {Notices, # new}}',
  'notices.shown': 'What was just told',
  'notices.none': 'No notices',
  'notices.none.text': 'What Vitrine tells you while you work is kept here.',
}
