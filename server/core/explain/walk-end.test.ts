import { describe, expect, it } from 'vitest'
import type { WalkEnd } from '../walk/walk-result'
import { explainWalkEnd } from './walk-end'

const dropped = (code: Extract<WalkEnd, { kind: 'dropped' }>['code'], params = {}): WalkEnd => ({ kind: 'dropped', code, params })

describe('how a walk ends', () => {
  it.each<[string | null, WalkEnd]>([
    [null, { kind: 'delivered', to: 'guest' }],
    [null, { kind: 'left', code: 'unknown-wire', params: {} }],
    ['br-int T25 drops, no flow of this table matches', dropped('no-flow', { bridge: 'br-int', table: 25 })],
    [
      'br-int T24 drops, its flow "arp,in_port=p" says so',
      dropped('flow-drops', { bridge: 'br-int', table: 24, flow: 'br-int/24/0/arp,in_port=p' }),
    ],
    ['br-int T24 drops, its flow "any" says so', dropped('flow-drops', { bridge: 'br-int', table: 24, flow: 'br-int/24/0/' })],
    [
      'br-int T0 drops, its flow "ip,nw_dst=10.0.0.0/24" says so',
      dropped('flow-drops', { bridge: 'br-int', table: 0, flow: 'br-int/0/9/ip,nw_dst=10.0.0.0/24' }),
    ],
    [
      'filter chain FORWARD, rule 2 drops: -j DROP',
      dropped('iptables-drops', { table: 'filter', chain: 'FORWARD', position: 2, text: '-j DROP' }),
    ],
    [
      'inet fw chain forward drops: -i tap1 -j DROP',
      dropped('iptables-drops', { table: 'inet fw', chain: 'forward', position: null, text: '-i tap1 -j DROP' }),
    ],
    [
      'the policy of filter chain FORWARD drops',
      dropped('iptables-drops', { table: 'filter', chain: 'FORWARD', position: null, text: null }),
    ],
    [
      'no rule of a security group of web-1 (web, default) lets them in: filter chain tapline-i9b01c5dc-2, rule 6 drops: -j tapline-sg-fallback',
      dropped('iptables-drops', {
        table: 'filter',
        chain: 'tapline-i9b01c5dc-2',
        position: 6,
        text: '-j tapline-sg-fallback',
        port: 'web-1',
        groups: 'web, default',
      }),
    ],
    [
      'no rule of a security group of a port lets them out: filter chain neutron-openvswi-o7668b6f4-2, rule 8 drops: -m comment --comment "Send unmatched traffic to the fallback chain." -j neutron-openvswi-sg-fallback',
      dropped('iptables-drops', {
        table: 'filter',
        chain: 'neutron-openvswi-o7668b6f4-2',
        position: 8,
        text: '-m comment --comment "Send unmatched traffic to the fallback chain." -j neutron-openvswi-sg-fallback',
      }),
    ],
    [
      'the security group of web-1 drops what belongs to no connection: filter chain tapline-i9b01c5dc-2, rule 5 drops: -m conntrack --ctstate INVALID -j DROP',
      dropped('iptables-drops', {
        table: 'filter',
        chain: 'tapline-i9b01c5dc-2',
        position: 5,
        text: '-m conntrack --ctstate INVALID -j DROP',
        port: 'web-1',
        groups: '',
      }),
    ],
    [
      'web-1 may send from its own MAC and addresses only: filter chain tapline-s9b01c5dc-2, rule 2 drops: -j DROP',
      dropped('iptables-drops', {
        table: 'filter',
        chain: 'tapline-s9b01c5dc-2',
        position: 2,
        text: '-j DROP',
        port: 'web-1',
        groups: 'web',
      }),
    ],
    ['their TTL ends in qrouter-1', dropped('ttl-expired', { netns: 'qrouter-1' })],
    ['the host does not forward (net.ipv4.ip_forward is 0)', dropped('forwarding-off', { netns: '' })],
    [
      'whether br-int T0 puts a second VLAN tag on or changes the one there is cannot be told from its flow',
      { kind: 'unknown', code: 'push-or-rewrite', params: { bridge: 'br-int', table: 0 } },
    ],
    ['not all flows of br-int are known', { kind: 'unknown', code: 'flows-unread', params: { bridge: 'br-int' } }],
  ])('%s', (words, end) => expect(explainWalkEnd(end)).toBe(words))
})
