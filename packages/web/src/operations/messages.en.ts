/** The words of work on many nodes, in English. */
export const messages = {
  'operation.done.move':
    '{named, select, yes {“{name}” moved to “{folder}”.} other {{count, plural, one {# item moved to “{folder}”.} other {# items moved to “{folder}”.}}}}',
  'operation.done.copy':
    '{named, select, yes {“{name}” copied to “{folder}”.} other {{count, plural, one {# item copied to “{folder}”.} other {# items copied to “{folder}”.}}}}',
  'operation.done.trash':
    '{named, select, yes {“{name}” moved to the trash.} other {{count, plural, one {# item moved to the trash.} other {# items moved to the trash.}}}}',
  'operation.done.restore':
    '{named, select, yes {“{name}” restored.} other {{count, plural, one {# item restored.} other {# items restored.}}}}',
  'operation.done.restoreTo':
    '{named, select, yes {“{name}” restored to “{folder}”.} other {{count, plural, one {# item restored to “{folder}”.} other {# items restored to “{folder}”.}}}}',
  'operation.done.remove':
    '{named, select, yes {“{name}” removed for good.} other {{count, plural, one {# item removed for good.} other {# items removed for good.}}}}',
  'operation.undo': 'Undo',
  'operation.undone': '{count, plural, one {Undone for # item.} other {Undone for # items.}}',
  'operation.undo.failed':
    '{count, plural, one {# item could not be put back. {reason}} other {# items could not be put back. {reason}}}',
  'operation.failed':
    '{count, plural, one {This could not be done. {reason}} other {# items could not be done. {reason}}}',
  'operation.cancelled':
    '{count, plural, one {Cancelled: # item was left as it is.} other {Cancelled: # items were left as they are.}}',
  'operation.show': 'Show',
  'operation.node': '“{name}”: {reason}',
  'names.title': '{count, plural, one {A name is taken there} other {# names are taken there}}',
  'names.question': 'What is to be done?',
  'names.keep-both': 'Keep both: the new one gets another name',
  'names.version': 'Add as a new version of the asset that is there',
  'names.skip': 'Leave these out',
  'names.go': 'Continue',
  'names.more': '{count, plural, one {and # more} other {and # more}}',
  'gone.title': '{count, plural, one {Where is it to go?} other {Where are they to go?}}',
  'gone.why':
    '{count, plural, one {The folder where this was is not there any more.} other {The folders where these were are not there any more.}}',
  'gone.go': 'Restore here',
  'work.title': 'Background work',
  'work.button': 'Background work, {share} done',
  'work.none': 'Nothing is being done',
  'work.none.text': 'Moving, copying and removing many items goes on here while you do something else.',
  'work.move': 'Move',
  'work.copy': 'Copy',
  'work.trash': 'Move to the trash',
  'work.restore': 'Restore',
  'work.remove': 'Remove for good',
  'work.import': 'Import',
  'work.undo': 'Undo',
  'work.state.running': '{done, number} of {total, number} done',
  'work.state.done': 'Done, {done, number} of {total, number}',
  'work.state.failed': 'Failed, {done, number} of {total, number} tried',
  'work.state.cancelled': 'Cancelled after {done, number} of {total, number}',
  'work.failed': '{count, plural, one {# item failed} other {# items failed}}',
}
