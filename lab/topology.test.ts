import { expect, it } from 'vitest'
import { cables, cablesOf, hosts, segments } from './topology'

/** A device name may have 15 characters; the kernel refuses longer ones only when it is too late. */
const maxDeviceName = 15

it('gives every cable its own port and address', () => {
  expect(new Set(cables.map(({ switchPort }) => switchPort)).size).toBe(cables.length)
  expect(new Set(cables.map(({ mac }) => mac)).size).toBe(cables.length)
})

it('uses names that the kernel accepts', () => {
  const names = [...cables.flatMap(({ nic, switchPort }) => [nic, switchPort]), ...segments.map(({ bridge }) => bridge)]
  expect(names.filter((name) => name.length > maxDeviceName)).toEqual([])
})

it('puts NIC and host into the MAC address', () => {
  expect(cablesOf('cmp1').map(({ mac }) => mac)).toEqual(['02:00:00:00:37:02', '02:00:00:00:38:02', '02:00:00:00:39:02'])
  expect(cablesOf('outside').map(({ mac }) => mac)).toEqual(['02:00:00:00:00:00'])
})

it('plugs every cable into a segment that exists', () => {
  const bridges = segments.map(({ bridge }) => bridge)
  expect(cables.filter(({ bridge }) => !bridges.includes(bridge))).toEqual([])
})

it('gives every host its own tunnel address', () => {
  expect(new Set(hosts.map(({ tunnelAddress }) => tunnelAddress)).size).toBe(hosts.length)
})
