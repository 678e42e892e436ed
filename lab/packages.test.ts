import { expect, it } from 'vitest'
import { missingPackages, packages } from './packages'

it('names each package once, with a reason and a file to look for', () => {
  expect(new Set(packages.map((need) => need.package)).size).toBe(packages.length)
  expect(packages.filter(({ why, probe }) => why === '' || !probe.startsWith('/'))).toEqual([])
})

it('finds what is missing by its file', () => {
  expect(missingPackages((path) => path !== '/usr/bin/virsh').map((need) => need.package)).toEqual(['libvirt-clients'])
  expect(missingPackages(() => true)).toEqual([])
})
