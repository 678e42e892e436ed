import { describe, expect, it } from 'vitest'
import { translationChains, type Translation } from './floating-ip-translation'

const legacy: Translation = {
  netns: 'qrouter-1',
  outside: 'qg-1',
  floatingIps: [{ floating: '203.0.113.50', fixed: '10.0.0.5' }],
  forwarded: [],
  ownAddress: '203.0.113.9',
  isSnatEnabled: true,
  isOnlyFromOutside: false,
}
const print = (given: Partial<Translation>) =>
  translationChains({ ...legacy, ...given }).flatMap(({ table, chain, rules }) => rules.map((rule) => `${table} ${chain} ${rule}`))

const DNAT = '-d 203.0.113.50/32 -j DNAT --to-destination 10.0.0.5'
const WEB = '-d 203.0.113.60/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.6:80'
const NAMES = '-d 203.0.113.60/32 -p udp -m udp --dport 53 -j DNAT --to-destination 10.0.0.7:5353'
const EAST_WEST = '! -o qg-1 -m conntrack ! --ctstate DNAT -j ACCEPT'

describe('translationChains', () => {
  it.each<[string, Partial<Translation>, readonly string[]]>([
    ['nothing', { floatingIps: [], isSnatEnabled: false }, []],
    [
      'the address of the gateway alone',
      { floatingIps: [] },
      [
        `nat tapline-POSTROUTING ${EAST_WEST}`,
        'nat tapline-POSTROUTING -o qg-1 -j SNAT --to-source 203.0.113.9',
        'nat POSTROUTING -j tapline-POSTROUTING',
      ],
    ],
    [
      'a floating IP beside it, also for the router itself, and for VMs that call each other by it',
      {},
      [
        `nat tapline-PREROUTING ${DNAT}`,
        'nat PREROUTING -j tapline-PREROUTING',
        `nat tapline-OUTPUT ${DNAT}`,
        'nat OUTPUT -j tapline-OUTPUT',
        `nat tapline-POSTROUTING ${EAST_WEST}`,
        'nat tapline-POSTROUTING -s 10.0.0.5/32 -j SNAT --to-source 203.0.113.50',
        'nat tapline-POSTROUTING -o qg-1 -j SNAT --to-source 203.0.113.9',
        'nat tapline-POSTROUTING -m mark ! --mark 0x2/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source 203.0.113.9',
        'nat POSTROUTING -j tapline-POSTROUTING',
        'mangle tapline-PREROUTING -i qg-1 -j MARK --set-xmark 0x2/0xffff',
        'mangle PREROUTING -j tapline-PREROUTING',
      ],
    ],
    [
      'single ports of a floating IP, and nothing that leaves without one',
      {
        floatingIps: [],
        forwarded: [
          { floating: '203.0.113.60', protocol: 'tcp', externalPort: 8080, fixed: '10.0.0.6', internalPort: 80 },
          { floating: '203.0.113.60', protocol: 'udp', externalPort: 53, fixed: '10.0.0.7', internalPort: 5353 },
        ],
        isSnatEnabled: false,
      },
      [
        `nat tapline-PREROUTING ${WEB}`,
        `nat tapline-PREROUTING ${NAMES}`,
        'nat PREROUTING -j tapline-PREROUTING',
        `nat tapline-OUTPUT ${WEB}`,
        `nat tapline-OUTPUT ${NAMES}`,
        'nat OUTPUT -j tapline-OUTPUT',
        `nat tapline-POSTROUTING ${EAST_WEST}`,
        'nat tapline-POSTROUTING -m mark ! --mark 0x2/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source 203.0.113.9',
        'nat POSTROUTING -j tapline-POSTROUTING',
        'mangle tapline-PREROUTING -i qg-1 -j MARK --set-xmark 0x2/0xffff',
        'mangle PREROUTING -j tapline-PREROUTING',
      ],
    ],
    [
      'a floating IP that comes in by one device only',
      { outside: 'rfp-1', ownAddress: null, isOnlyFromOutside: true },
      [
        'nat tapline-PREROUTING -d 203.0.113.50/32 -i rfp-1 -j DNAT --to-destination 10.0.0.5',
        'nat PREROUTING -j tapline-PREROUTING',
        'nat tapline-POSTROUTING ! -o rfp-1 -m conntrack ! --ctstate DNAT -j ACCEPT',
        'nat tapline-POSTROUTING -s 10.0.0.5/32 -j SNAT --to-source 203.0.113.50',
        'nat POSTROUTING -j tapline-POSTROUTING',
      ],
    ],
  ])('%s', (_, given, lines) => expect(print(given)).toEqual(lines))
})
