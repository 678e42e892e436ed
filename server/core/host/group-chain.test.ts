import { expect, it } from 'vitest'
import { groupChainOf, isFallback, leadsToFallback } from './group-chain'

it.each([
  ['tapline-i9b01c5dc-2', { kind: 'ingress', portDigits: '9b01c5dc-2' }],
  ['neutron-openvswi-o7668b6f4-2', { kind: 'egress', portDigits: '7668b6f4-2' }],
  ['neutron-linuxbri-s7668b6f4-2', { kind: 'source', portDigits: '7668b6f4-2' }],
  ['tapline-sg-fallback', null],
  ['tapline-sg-chain', null],
  ['tapline-FORWARD', null],
  ['tapline-i-tap9b01c5dc-20', null],
  ['byhand-i9b01c5dc-2', null],
])('%s', (chain, found) => expect(groupChainOf(chain)).toEqual(found))

it('knows where what no rule allows is sent', () => {
  expect(['tapline-sg-fallback', 'neutron-openvswi-sg-fallback', 'tapline-sg-chain', 'sg-fallback'].map(isFallback)).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(leadsToFallback('-m comment --comment "no rule" -j neutron-openvswi-sg-fallback')).toBe(true)
  expect(leadsToFallback('-j tapline-sg-fallback')).toBe(true)
  expect(leadsToFallback('-j DROP')).toBe(false)
})
