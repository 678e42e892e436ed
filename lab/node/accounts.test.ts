import { expect, it } from 'vitest'
import { nodeAccounts, sudoers } from './accounts'

const machine = {
  passwd: [
    'root:x:0:0:root:/root:/bin/bash',
    'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
    'alice:x:1000:1000:Alice:/home/alice:/bin/bash',
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    '',
  ].join('\n'),
  group: 'root:x:0:\nsudo:x:27:alice\nalice:x:1000:\nnogroup:x:65534:\n',
}

it('keeps system accounts, leaves people and passwords out', () => {
  const { passwd, group, shadow } = nodeAccounts(machine)
  expect(passwd.match(/^\w+/gm)).toEqual(['root', 'sshd', 'nobody'])
  expect(group.match(/^\w+/gm)).toEqual(['root', 'sudo', 'nogroup'])
  expect(shadow.split('\n')[0]).toBe('root:*:19000:0:99999:7:::')
})

it('adds one operator, who may sudo', () => {
  const operator = { user: 'ops' }
  const { passwd, group, shadow } = nodeAccounts(machine, operator)
  expect(passwd).toContain('ops:x:1000:1000::/home/ops:/bin/bash\n')
  expect(group).toContain('ops:x:1000:\n')
  expect(shadow).toContain('ops:*:')
  expect(sudoers(operator)).toContain('ops ALL=(ALL:ALL) NOPASSWD: ALL\n')
  expect(sudoers()).not.toContain('NOPASSWD')
})
