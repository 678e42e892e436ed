import { expect, it } from 'vitest'

import { endpoints as ports, web1 } from '@/server/core/explain/specimens/paths'

const floated = {
  ...web1,
  id: 'b0000001-0000-4000-8000-000000000001',
  floatingIp: { id: 'b0000001-0000-4000-8000-000000000001', address: '203.0.113.50' },
}
const endpoints = [...ports, floated]

import { endText, findEnds } from './find-endpoints'

it.each<[string, readonly string[]]>([
  ['', ['web-1', 'web-2', 'web-3', 'DHCP of blue']],
  ['web-2', ['web-2']],
  ['10.0.5.9', ['web-1']],
  ['fa:16:3e:7a', ['web-2']],
  ['FA-16-3E-7A', ['web-2']],
  ['fa163e7a3308', ['web-2']],
  ['9f9c98cb', ['web-1']],
  ['tap9f9c98cb-13', ['web-1']],
  ['qvoc3b1', ['web-3']],
  ['cmp1 web', ['web-1', 'web-3']],
  ['dhcp', ['DHCP of blue']],
  ['nowhere', []],
  // Somebody’s outside, but for the cloud’s own and what nobody can have.
  ['198.51.100.10', ['Address outside']],
  [' 198.51.100.10 ', ['Address outside']],
  ['224.0.0.5', []],
  ['127.0.0.1', []],
  ['169.254.169.254', []],
  ['198.51.100', []],
  ['198.51.100.010', []],
])('finds %j', (query, labels) => {
  expect(findEnds(ports, query).map(({ label }) => label)).toEqual(labels)
})

it.each(['203.0.113.50', 'floating ip', 'b0000001'])('finds a floating IP by %j, and nobody outside', (query) => {
  expect(findEnds(endpoints, query).map(({ id }) => id)).toEqual([floated.id])
})

it.each<[string | null, string]>([
  [web1.id, 'web-1 10.0.5.9'],
  [floated.id, 'web-1 203.0.113.50'],
  ['198.51.100.10', '198.51.100.10 outside'],
  ['nobody', ''],
  [null, ''],
])('prints %j', (id, text) => expect(endText(endpoints, id)).toBe(text))

it('prints an end without an address by its name', () => {
  expect(endText([{ ...web1, ipAddress: null }], web1.id)).toBe('web-1')
})

it('finds a router’s port by its device', () => {
  const router = {
    ...web1,
    kind: 'router',
    id: 'r',
    portId: '5a11b2c3-0d4e-4f50-8a61-7b8293a4b5c6',
    label: 'router 9d7c3f10 on net1',
  } as const
  expect(findEnds([...endpoints, router], 'qr-5a11b2c3-0d').map(({ id }) => id)).toEqual(['r'])
})
