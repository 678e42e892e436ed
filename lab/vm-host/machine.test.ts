import { expect, it } from 'vitest'
import { hosts } from '../topology'
import { machineArgv } from './machine'
import { quote } from './ssh'

const spec = hosts.find(({ name }) => name === 'cmp3')
if (spec === undefined) throw new Error('no cmp3')
const argv = machineArgv({ spec, image: 'host-0', publicKeyFile: '' }, 'ssh-ed25519 AAAA')

it('gives the machine one NIC to be managed by and one per cable, without offloads', () => {
  const devices = argv.filter((word) => word.startsWith('virtio-net-pci'))
  expect(devices.map((device) => /mac=([^,]*)/.exec(device)?.[1])).toEqual([
    '02:00:00:00:00:99',
    '02:00:00:00:37:04',
    '02:00:00:00:38:04',
    '02:00:00:00:39:04',
  ])
  expect(devices.slice(1).every((device) => device.includes('csum=off'))).toBe(true)
})

it('never writes to the image', () => {
  expect(argv.find((word) => word.includes('/var/lib/tapline-images/host-0/disk.img'))).toContain('readonly=on')
})

it.each([
  ['ls', 'ls'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['$HOME', "'$HOME'"],
])('passes %j to the host’s shell as one word', (word, quoted) => {
  expect(quote(word)).toBe(quoted)
})
