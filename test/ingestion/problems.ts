import type { Answer } from './observed.js'

/** Refused, by status and problem; nothing else of the answer may carry what was sent. */
export function expectProblem(answer: Answer, status: number, problem: string): void {
  expect([answer.status, answer.body['type']]).toEqual([status, `urn:mirat:problem:${problem}`])
  expect(answer.type).toBe('application/problem+json')
  expect(answer.body['instance']).toMatch(/^urn:mirat:request:./)
  expect(answer.body['status']).toBe(status)
  expect(answer.text).not.toContain('123456789012')
}
