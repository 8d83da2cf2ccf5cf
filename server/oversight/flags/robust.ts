/** A value among its peers, by measures that a few outliers do not move (Iglewicz and Hoaglin, 1993). */
export interface PeerBox {
  readonly value: number
  readonly median: number
  /** Median of the absolute deviations from the median. */
  readonly mad: number
  /** How many peers there are. */
  readonly peers: number
  /** Robust z; nothing where all peers are alike, so that there is no measure. */
  readonly z?: number
}

/** A comparison with fewer peers says more about them than about the value. */
export const FEWEST_PEERS = 10
const NORMAL_QUARTILE = 0.6745
const MEAN_DEVIATION = 1.253314

/** The box of a value, or nothing where there are too few peers to judge. */
export function peerBox(value: number, others: readonly number[]): PeerBox | undefined {
  if (others.length < FEWEST_PEERS) return undefined
  const middle = median(others)
  const deviations = others.map((one) => Math.abs(one - middle))
  const mad = median(deviations)
  const mean = deviations.reduce((sum, one) => sum + one, 0) / deviations.length
  const unit = mad > 0 ? mad / NORMAL_QUARTILE : mean * MEAN_DEVIATION
  return {
    ...{ value, median: middle, mad, peers: others.length },
    ...(unit > 0 ? { z: (value - middle) / unit } : {}),
  }
}

/** The middle of some numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}
