/**
 * A pure answer, computed once per key while it is remembered. Past `most` keys all of them are
 * forgotten, so that nobody who chooses keys can fill the memory.
 */
export function remembering<Question, Answer>(
  most: number,
  keyOf: (question: Question) => string | number,
  answerTo: (question: Question) => Answer,
): (question: Question) => Answer {
  const known = new Map<string | number, { readonly answer: Answer }>()
  return (question) => {
    const key = keyOf(question)
    const found = known.get(key)
    if (found !== undefined) return found.answer
    const answer = answerTo(question)
    if (known.size >= most) known.clear()
    known.set(key, { answer })
    return answer
  }
}
