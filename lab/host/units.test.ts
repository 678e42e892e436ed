import { describe, expect, it } from 'vitest'
import { execStart } from './units'

const unit = (...service: readonly string[]) =>
  ['[Unit]', 'After=a.service', '', '[Service]', ...service, '', '[Install]', 'WantedBy=b.target', ''].join('\n')

describe('the command of a unit', () => {
  it('is that of its [Service] section', () => {
    expect(execStart(unit('Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/sh /var/lib/x/run.sh'))).toEqual([
      '/bin/sh',
      '/var/lib/x/run.sh',
    ])
  })

  it.each([
    ['another type', ['Type=simple', 'ExecStart=/bin/true']],
    ['no command', ['Type=oneshot']],
    ['two commands', ['Type=oneshot', 'ExecStart=/bin/true', 'ExecStart=/bin/false']],
    ['a prefix', ['Type=oneshot', 'ExecStart=-/bin/true']],
    ['a variable', ['Type=oneshot', 'ExecStart=/bin/echo $HOME']],
  ])('is refused with %s', (_, service) => {
    expect(() => execStart(unit(...service))).toThrow('not a unit that the lab can run')
  })
})
