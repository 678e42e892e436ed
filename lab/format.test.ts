import { expect, it } from 'vitest'
import { formatStatus } from './format'
import type { LabHost, LabStatus } from './types'

const host: LabHost = {
  name: 'cmp1',
  kind: 'namespace',
  ready: false,
  problems: ['libvirtd does not answer'],
  ssh: { address: '127.0.0.1', port: 22012, user: 'root', privateKeyPath: '/key', hostKeyFingerprint: 'SHA256:x' },
  roles: ['compute'],
  tunnelAddress: '192.168.150.12',
  tunnelPrefix: 24,
  tunnelNic: 'ens37',
  tunnelGateway: null,
  physicalNics: [{ physicalNetwork: 'physnet1', nic: 'ens38' }],
  spareNic: 'ens39',
  guestKernel: '/k',
  guestInitrd: '/i',
}

const status: LabStatus = {
  name: 'tl',
  up: false,
  hosts: [host],
  outside: { name: 'outside', ready: true, problems: [], nic: 'eth0', addresses: ['203.0.113.2/24'], gateway: '203.0.113.1' },
  wire: { name: 'wire', ready: true, problems: [], segments: [{ network: 'tunnel', bridge: 'sw-ens37', ports: ['cmp1-ens37'] }] },
  fabric: null,
}

it('shows a node per line and its problems below', () => {
  expect(formatStatus(status)).toBe(
    [
      'lab tl is not complete',
      '  cmp1     broken  compute, root@127.0.0.1:22012',
      '           libvirtd does not answer',
      '  outside  ready   203.0.113.2/24',
      '  wire     ready   tunnel (1)',
    ].join('\n'),
  )
})

it('tells of the fabric router where there is one', () => {
  const fabric = { name: 'fabric', ready: false, problems: ['not running'], as: 65_000, addresses: ['192.168.150.1/24'] }
  expect(formatStatus({ ...status, fabric })).toContain('  fabric   broken  AS 65000, 192.168.150.1/24\n           not running\n')
})

it('needs one line for a lab that is not there', () => {
  expect(formatStatus({ ...status, hosts: [] })).toBe('lab tl is down')
})
