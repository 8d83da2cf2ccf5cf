/** A share in whole per cent, never more than there is; none of nothing. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`
}
