import { expect, it } from 'vitest'
import { parseGuestList } from './agent'

it('reads names and titles of running guests', () => {
  const text = ' 1    instance-ab000032   running   web 1\n 7    vm1   running   \n -    old   shut off   gone\n'
  expect(parseGuestList(text)).toEqual([
    { name: 'instance-ab000032', title: 'web 1' },
    { name: 'vm1', title: '' },
  ])
})
