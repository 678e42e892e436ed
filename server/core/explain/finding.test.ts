import { describe, expect, it } from 'vitest'

import type { Coded } from '../finding'
import type { FindingParams } from '../finding-params'
import type { UnknownPart } from '../host/unknown-part'
import { explainFinding } from './finding'

/** The sentence of a code about something that is called `x`. */
const say = (found: Coded<FindingParams>): string =>
  explainFinding({ severity: 'error', subject: { kind: 'host', id: '1', name: 'x' }, ...found })

describe('lint in words', () => {
  it.each<[string, Coded<FindingParams>]>([
    ['the VLAN ranges of both have VLAN 7:', { code: 'wire-vlan-ranges', params: { other: 'y', min: 7, max: 7 } }],
    [
      'network "n" of "y" has VLAN 150, which is in the ranges of "x":',
      { code: 'wire-vlan-in-range', params: { other: 'y', network: 'n', vlan: 150 } },
    ],
    ['networks "n" and "m" on it both have VLAN 7:', { code: 'wire-segment', params: { other: 'y', networks: ['n', 'm'], vlan: 7 } }],
    ['networks "n" and "m" on it are both untagged:', { code: 'wire-segment', params: { other: 'y', networks: ['n', 'm'], vlan: null } }],
    [
      'fa:16:3f is where the console takes the addresses of the routers of hosts from; give "x" another MAC base.',
      { code: 'mac-base-reserved', params: { macBase: 'fa:16:3f', reservedFor: 'routers' } },
    ],
  ])('%s', (words, found) => expect(say(found)).toContain(words))
})

describe('plans and hosts in words', () => {
  const part = (why: UnknownPart['why']): UnknownPart => ({ section: 'virsh', why, kinds: ['domains'] })
  it.each<[string, Coded<FindingParams>]>([
    [
      'cmp1: not all VMs are known: Libvirt is not running, while QEMU runs u-1 (and 2 more like it). When it was last known there was VM a of ours. Mend that first, then plan again.',
      {
        code: 'not-observed',
        params: { host: 'cmp1', part: part({ code: 'libvirt-stopped', params: { guests: ['u-1'] } }), more: 2, unseen: ['VM a'] },
      },
    ],
    ['not known: VMs (exit code 1)', { code: 'part-unknown', params: { part: part({ code: 'said', params: { said: 'exit code 1' } }) } }],
    [
      'cmp1: flow on br-int table=0 priority=9 any is already there and is not ours (cookie 0x1). Rename or remove it; Tapline does not touch it.',
      {
        code: 'foreign-in-the-way',
        params: {
          host: 'cmp1',
          thing: { code: 'flow', params: { bridge: 'br-int', table: 0, priority: 9, match: '', cookie: '0x1' } },
          owner: null,
        },
      },
    ],
    [
      'cmp1: device qbr1 belongs to port/1, which is not what the design has there. Clean it up where it was made, or remove it by hand.',
      { code: 'foreign-in-the-way', params: { host: 'cmp1', thing: { code: 'device', params: { name: 'qbr1' } }, owner: 'port/1' } },
    ],
    [
      'cmp1: x is a member of bond bond1 of br-ex, which is not ours, and a NIC is in one bridge only. Take it out there, or map another NIC.',
      { code: 'nic-taken', params: { host: 'cmp1', holder: { code: 'bond', params: { name: 'bond1', bridge: 'br-ex' } } } },
    ],
    [
      'cmp1: VM x goes, and what somebody else plugged into it is lost: 2 NICs m1 (br0) and m2 (no source).',
      {
        code: 'foreign-nics-lost',
        params: {
          host: 'cmp1',
          isRebuilt: false,
          nics: [
            { mac: 'm1', source: 'br0' },
            { mac: 'm2', source: null },
          ],
        },
      },
    ],
    [
      'cmp1: VM x has 1 free PCI port and would need 2. Shut it down and plan again: it is then defined anew, with room.',
      { code: 'no-nic-slot', params: { host: 'cmp1', free: 1, wanted: 2 } },
    ],
    [
      'OVS bridge x stays: it holds the flow table=0 priority=1 any with cookie 0x2, which is not ours.',
      { code: 'bridge-kept-for-flow', params: { table: 0, priority: 1, match: '', cookie: '0x2' } },
    ],
    ['x, which was there before and is not', { code: 'not-put-back', params: {} }],
    ["1 piece of the reading was not understood; the host's page shows it.", { code: 'reading-not-understood', params: { pieces: 1 } }],
    ["2 pieces of the reading were not understood; the host's page shows them.", { code: 'reading-not-understood', params: { pieces: 2 } }],
  ])('%s', (words, found) => expect(say(found)).toBe(words))
})
