import { expect, it } from 'vitest'
import { parseAlias, parseUplink, renderAlias, renderUplink, vlanDeviceName } from './naming'

// linuxbridge_neutron_agent.py, get_subinterface_name: short names as they are, others with a hash of the NIC's name.
it.each([
  ['ens38', 1, 'ens38.1'],
  ['ens38', 4094, 'ens38.4094'],
  ['mix_interface', 1, 'mix_interface.1'],
  ['mix_interface', 1111, 'mix_e8ea3e.1111'],
  ['long_interface1', 7, 'longb5364f.7'],
] as const)('VLAN interface of %s for %i fits into a device name', (nic, vlan, name) => {
  expect(vlanDeviceName(nic, vlan).length).toBeLessThanOrEqual(15)
  expect(vlanDeviceName(nic, vlan)).toBe(name)
})

it('an alias names its owner, and the NIC behind it', () => {
  const owner = { kind: 'network', id: 'f4513237-f571-4e9e-a454-cd5927cdb9df' } as const
  const alias = `${renderAlias(owner)}${renderUplink('ens38')}`
  expect([parseAlias(alias), parseUplink(alias)]).toEqual([owner, 'ens38'])
  expect([parseAlias(renderAlias(owner)), parseUplink(renderAlias(owner))]).toEqual([owner, null])
  expect(parseAlias('somebody else,nic=ens38')).toBeNull()
})
