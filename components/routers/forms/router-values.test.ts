import { expect, it } from 'vitest'

import { changedSince } from '@/components/lib/changed-fields'

import { routesValues, toRoutesPatch } from './route-values'
import { emptyRouter, toRouterInput, toRouterPatch, withGatewayNetwork } from './router-values'

const led = { ...emptyRouter, name: 'north', gatewayNetworkId: 'outside', gatewayAddress: '203.0.113.9' }

it.each([
  ['no gateway', emptyRouter, null],
  [
    'the address that is named',
    { ...led, gatewayAddress: ' 203.0.113.9 ' },
    { networkId: 'outside', ipAddress: '203.0.113.9', isSnatEnabled: true },
  ],
  ['an address that is left to the server', { ...led, gatewayAddress: '' }, { networkId: 'outside', isSnatEnabled: true }],
])('sends %s', (_, values, gateway) => expect(toRouterInput(values).gateway).toEqual(gateway))

it('a centralized router has no other mode of floating IPs, whatever was chosen before', () => {
  const chosen = { ...led, isDistributed: true, floatingIpMode: 'by-hand' as const }
  expect(toRouterInput(chosen).floatingIpMode).toBe('by-hand')
  expect(toRouterInput({ ...chosen, isDistributed: false }).floatingIpMode).toBe('dvr')
})

it('a changed gateway tells what it was', () => {
  const patch = changedSince(toRouterPatch(led), toRouterPatch({ ...led, isSnatEnabled: false }))
  const gateway = { networkId: 'outside', ipAddress: '203.0.113.9' }
  expect(patch).toEqual({ gateway: { ...gateway, isSnatEnabled: false }, seen: { gateway: { ...gateway, isSnatEnabled: true } } })
})

it('leads floating IPs out by hand where it is distributed, and tells the mode that goes with that', () => {
  const byHand = { ...led, isDistributed: true, floatingIpMode: 'by-hand' } as const
  expect(toRouterInput(byHand).floatingIpMode).toBe('by-hand')
  expect(changedSince(toRouterPatch(byHand), toRouterPatch({ ...byHand, isDistributed: false }))).toMatchObject({
    isDistributed: false,
    floatingIpMode: 'dvr',
    seen: { isDistributed: true, floatingIpMode: 'by-hand' },
  })
})

it('another network has another address, and going back brings the former one', () => {
  const moved = withGatewayNetwork(led, led, 'other')
  expect(moved.gatewayAddress).toBe('')
  expect(withGatewayNetwork(moved, led, 'outside').gatewayAddress).toBe('203.0.113.9')
})

it('a router without extra routes opens with a row to fill in', () => {
  const route = { destination: '10.9.0.0/16', nexthop: '10.0.1.9' }
  const values = (routes: readonly (typeof route)[]) =>
    routesValues({
      id: 'r',
      projectId: 'p',
      name: 'r',
      isAdminStateUp: true,
      isDistributed: false,
      floatingIpMode: 'dvr',
      hostId: null,
      gateway: null,
      routes,
    })
  expect(values([]).rows).toEqual([{ key: 0, destination: '', nexthop: '' }])
  expect(toRoutesPatch(values([route]))).toEqual({ routes: [route] })
})
