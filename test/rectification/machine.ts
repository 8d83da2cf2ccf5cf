/** The machine once more, written down apart from the code: state, event, where it leads, by whom. */
const LEGAL = `
  draft      filed     received   resident
  received   form_met  received   assignee colleague
  received   claimed   in_review  colleague
  received   assigned  in_review  colleague
  received   passed_on passed_on  assignee colleague
  received   withdrawn withdrawn  resident
  passed_on  form_met  passed_on  assignee colleague
  passed_on  claimed   in_review  colleague
  passed_on  assigned  in_review  colleague
  passed_on  passed_on passed_on  assignee colleague
  passed_on  withdrawn withdrawn  resident
  in_review  form_met  in_review  assignee colleague
  in_review  assigned  in_review  assignee colleague
  in_review  released  received   assignee
  in_review  opened    in_review  colleague
  in_review  asked     question   assignee
  in_review  extended  in_review  assignee
  in_review  proposed  proposed   assignee
  in_review  decided   decided    assignee
  in_review  passed_on passed_on  assignee
  in_review  withdrawn withdrawn  resident
  question   form_met  question   assignee colleague
  question   assigned  question   assignee colleague
  question   opened    question   colleague
  question   answered  in_review  resident
  question   extended  question   assignee
  question   proposed  proposed   assignee
  question   decided   decided    assignee
  question   withdrawn withdrawn  resident
  proposed   assigned  proposed   assignee colleague second
  proposed   opened    proposed   colleague second
  proposed   sent_back in_review  second supervision
  proposed   confirmed decided    second portal
  proposed   withdrawn withdrawn  resident
  decided    opened    decided    colleague
  decided    stated    decided    resident
  decided    closed    closed     assignee colleague portal
  withdrawn  opened    withdrawn  colleague
  closed     opened    closed     colleague`
/** Where an event leads in a state, and by whom it may be caused; keyed by both. */
export const legal = new Map(
  LEGAL.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([state, event, to = '', ...by]) => [`${state} ${event}`, { to, by }] as const),
)
