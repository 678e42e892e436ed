// What ping says at its end, from iputils and from busybox:
//
//   5 packets transmitted, 5 received, 0% packet loss, time 804ms
//   rtt min/avg/max/mdev = 1.454/1.820/2.211/0.309 ms
//   5 packets transmitted, 4 packets received, 20% packet loss
//   round-trip min/avg/max = 0.512/0.700/1.003 ms

export interface PingStatistics {
  readonly transmitted: number
  readonly received: number
  readonly rttAvgMs: number | null
}

/** null when ping never came to send: no such address, no route, an option it does not know. */
export function parsePingSummary(output: string): PingStatistics | null {
  const [, transmitted, received] = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(output) ?? []
  if (transmitted === undefined || received === undefined) return null
  const average = /(?:rtt|round-trip) min\/avg\/max(?:\/\w+)? = [\d.]+\/([\d.]+)\//.exec(output)?.[1]
  return { transmitted: Number(transmitted), received: Number(received), rttAvgMs: average === undefined ? null : Number(average) }
}

/**
 * Five requests a second, and two seconds for the last reply. Without a deadline (-w), under which iputils would go on
 * sending until enough replies came.
 */
export const pingArguments = (count: number, address: string): string[] => ['-c', String(count), '-i', '0.2', '-W', '2', address]

/** For a busybox that takes whole seconds only. */
export const slowPingArguments = (count: number, address: string): string[] => ['-c', String(count), '-W', '2', address]
