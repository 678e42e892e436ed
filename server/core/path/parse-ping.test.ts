import { describe, expect, it } from 'vitest'
import { parsePingSummary } from './parse-ping'

describe('parsePingSummary', () => {
  it.each([
    [
      'iputils',
      '5 packets transmitted, 5 received, 0% packet loss, time 804ms\nrtt min/avg/max/mdev = 1.454/1.820/2.211/0.309 ms\n',
      { transmitted: 5, received: 5, rttAvgMs: 1.82 },
    ],
    [
      'iputils with errors',
      '5 packets transmitted, 0 received, +5 errors, 100% packet loss, time 4080ms\npipe 4\n',
      { transmitted: 5, received: 0, rttAvgMs: null },
    ],
    [
      'busybox',
      '5 packets transmitted, 4 packets received, 20% packet loss\nround-trip min/avg/max = 0.512/0.700/1.003 ms\n',
      { transmitted: 5, received: 4, rttAvgMs: 0.7 },
    ],
    ['busybox, nothing sent', 'ping: sendto: Network is unreachable\n', null],
    ['unknown option', "ping: invalid number '0.2'\n", null],
  ])('%s', (_, output, expected) => expect(parsePingSummary(output)).toEqual(expected))
})
