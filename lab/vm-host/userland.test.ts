import { expect, it } from 'vitest'
import { alternativeLinks, inMergedUsr } from './userland'

it('names files where merged-/usr has them', () => {
  expect(['/bin/sh', '/lib64/ld.so', '/usr/bin/ls', '/library'].map(inMergedUsr)).toEqual([
    '/usr/bin/sh',
    '/usr/lib64/ld.so',
    '/usr/bin/ls',
    '/library',
  ])
})

it('reads the links of an alternative and its companions', () => {
  const text = 'auto\n/usr/sbin/iptables\niptables-save\n/usr/sbin/iptables-save\n\n/usr/sbin/iptables-nft\n20\n'
  expect(alternativeLinks('iptables', text)).toEqual([
    { name: 'iptables', path: '/usr/sbin/iptables' },
    { name: 'iptables-save', path: '/usr/sbin/iptables-save' },
  ])
})
