import { expect, it } from 'vitest'

import { endpoints } from '@/server/core/explain/specimens/paths'

import { endpointText, findEndpoints } from './find-endpoints'

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
])('finds %j', (query, labels) => {
  expect(findEndpoints(endpoints, query).map((endpoint) => endpoint.label)).toEqual(labels)
})

it('prints an endpoint', () => {
  expect(endpointText(endpoints[0]!)).toBe('web-1 10.0.5.9')
  expect(endpointText({ ...endpoints[0]!, ipAddress: null })).toBe('web-1')
})

it('finds a router’s port by its device', () => {
  const router = {
    ...endpoints[0]!,
    kind: 'router',
    portId: '5a11b2c3-0d4e-4f50-8a61-7b8293a4b5c6',
    label: 'router 9d7c3f10 on net1',
  } as const
  expect(findEndpoints([...endpoints, router], 'qr-5a11b2c3-0d')).toEqual([router])
})
