// The scripts are run for real, with a virsh that says what the definition of the VM has and keeps what it was called with.

import { expect, it } from 'vitest'
import type { Domain, DomainInterface } from '../../host/domain'
import { restorePlace } from '../../testing/restore-place'
import { plugNics, unplugNics } from './plug-nics'

const nic = (macAddress: string): DomainInterface => ({
  type: 'bridge',
  source: 'br-data',
  target: 'tap1',
  macAddress,
  mtu: null,
  model: 'virtio',
})
const [here, other] = [nic('fa:16:3e:00:00:01'), nic('fa:16:3e:00:00:02')]
const vm: Domain = {
  uuid: 'u',
  name: 'instance-1',
  owner: null,
  isRunning: true,
  memoryMib: 128,
  vcpus: 1,
  virtType: 'qemu',
  boot: null,
  interfaces: [],
  hasGuestAgent: true,
}

it.each([
  ['plugged in for good', plugNics, [other], 'attach-device --live --config'],
  ['plugged into the running VM alone, whose definition has it still', plugNics, [other, here], 'attach-device --live'],
  ['unplugged for good', unplugNics, [here], 'detach-device --live --config'],
  ['unplugged from the running VM alone, whose definition has it no more', unplugNics, [other], 'detach-device --live'],
] as const)('[PLAN-15] a NIC is %s', (_, render, defined, expected) => {
  const change = { added: [here], removed: [here] }
  const [{ command }] = render(vm, change) as [ReturnType<typeof plugNics>[number]]
  const macs = defined.map(({ macAddress }) => `<mac address='${macAddress}'/>`).join('')
  const place = restorePlace(
    { 'step.sh': `PATH=$PATH\n${command.argv[2]}` },
    { virsh: `case "$*" in *'dumpxml --inactive u') echo "${macs}" ;; *domiflist*) ;; *) keep "$4" $7 $8 ;; esac` },
  )
  const { status, kept } = place.run(['step.sh', ...command.argv.slice(4)], { input: command.stdin })
  place.remove()
  expect([status, kept]).toEqual([0, `virsh ${expected}\n${command.stdin}`])
})
