/** What the portal's codes mean, for the person who mends the input. */
const MEANING: Readonly<Record<string, string>> = {
  required: 'is missing',
  wrong_type: 'has the wrong JSON type',
  unknown_key: 'is no member of an event, appointment or emergency',
  malformed: 'does not have the form that it needs',
  out_of_range: 'is too short, too long, or has too few or too many items',
  duplicate: 'names the same thing twice',
  out_of_sequence: 'does not follow the number before it',
  unknown_code: 'is no code that the portal knows',
  office_required: 'names a kind of authority that has offices: name the office',
  not_a_party: 'must, like source, name your own office on one of the two sides',
  occurred_in_future: 'lies in the future: compare the clocks',
  hold_too_long: 'lies more than 90 days ahead',
  not_in_log: 'may by law not stand in this log',
  retention_over: 'is older than the law lets it be kept',
  too_far_ahead: 'lies more than 150 days ahead',
  too_old: 'is more than 14 days past, and explains nothing any more',
  subject_changed: 'was used for another person: cancel it, and book under a new one',
  version_used: 'said something else before: count up',
  unknown_seq: 'is no access that you have delivered on this stream',
  not_manual: 'is an access that was not made by hand',
  too_late: 'is an access of more than 72 hours ago',
  ground_changed: 'was declared otherwise before, and stays so',
  note_changed: 'was told otherwise before, and stays so',
  before_access: 'lies before the access',
  in_future: 'lies in the future: compare the clocks',
  too_many: 'is one too many: 5 of a person stand on a day, and 200 reports of a person are kept',
}

/** One fault as the rest of a sentence: the member, then what is wrong with it. */
export function sentenceOf(field: string, code: string): string {
  const meaning = MEANING[code] ?? 'is refused'
  return `${field === 'event' ? 'the event' : field} ${meaning} (${code}).`
}
