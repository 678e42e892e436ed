import { expect, it } from 'vitest'
import { hostCmdline, type VmHostSpec } from './cmdline'

const spec: VmHostSpec = {
  hostname: 'cmp3',
  user: 'ops',
  publicKey: 'ssh-ed25519 AAAAC3Nz tapline\n',
  nics: [
    { name: 'mgmt', mac: '02:00:00:00:00:99', address: '10.0.2.15/24' },
    { name: 'ens37', mac: '02:00:00:00:37:04' },
  ],
}

it('says on the kernel’s command line who the host is', () => {
  expect(
    hostCmdline({ ...spec, gateway: '10.0.2.2' })
      .split(' ')
      .filter((word) => word.startsWith('tapline.')),
  ).toEqual([
    'tapline.hostname=cmp3',
    'tapline.user=ops',
    'tapline.ssh_key=AAAAC3Nz',
    'tapline.nic=mgmt,02:00:00:00:00:99,10.0.2.15/24',
    'tapline.nic=ens37,02:00:00:00:37:04',
    'tapline.gateway=10.0.2.2',
  ])
})

it.each([
  [{ hostname: 'a b' }, 'not one word: tapline.hostname=a b'],
  [{ publicKey: 'ssh-rsa AAAA' }, 'only an ssh-ed25519 key'],
  [{ hostname: 'x'.repeat(2100) }, 'the kernel reads 2047 characters'],
])('refuses %j', (change, problem) => {
  expect(() => hostCmdline({ ...spec, ...change })).toThrow(problem)
})
