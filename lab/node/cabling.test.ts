import { expect, it } from 'vitest'
import { cablesOf } from '../topology'
import { findCableProblems, parseLinks, type Link } from './cabling'

it('reads ip -json link', () => {
  const json = '[{"ifname":"lo","flags":["LOOPBACK","UP"]},{"ifname":"net1-ens37","flags":[],"master":"sw-ens37"}]'
  expect(parseLinks(json)).toEqual([
    { name: 'lo', isUp: true },
    { name: 'net1-ens37', isUp: false, master: 'sw-ens37' },
  ])
})

const nics: readonly Link[] = cablesOf('net1').map(({ nic }) => ({ name: nic, isUp: true }))
const ports: readonly Link[] = cablesOf('net1').map(({ switchPort, bridge }) => ({ name: switchPort, isUp: true, master: bridge }))

it('is content with NICs that are plugged in, up or down', () => {
  expect(
    findCableProblems(
      'net1',
      nics.map((nic) => ({ ...nic, isUp: false })),
      ports,
    ),
  ).toEqual([])
})

it.each([
  ['the NIC is gone', nics.slice(1), ports],
  ['the port is gone', nics, ports.slice(1)],
  ['the port is in no bridge', nics, [{ name: 'net1-ens37', isUp: true }, ...ports.slice(1)]],
])('tells when %s', (_, nodeLinks, wireLinks) => {
  expect(findCableProblems('net1', nodeLinks, wireLinks)).toEqual(['ens37 is not plugged in'])
})
