import { expect, it } from 'vitest'
import { parseArgs } from './cli-args'

it.each([
  [['up'], { name: 'tl', isJson: false, command: { verb: 'up', extras: [] } }],
  [['up', '--with', 'cmp3,cmp4'], { name: 'tl', isJson: false, command: { verb: 'up', extras: ['cmp3', 'cmp4'] } }],
  [['up', '--with', 'cmp3,gateways'], { name: 'tl', isJson: false, command: { verb: 'up', extras: ['cmp3', 'gateways'] } }],
  [['up', '--with=cmp3'], { name: 'tl', isJson: false, command: { verb: 'up', extras: ['cmp3'] } }],
  [['status', '--json'], { name: 'tl', isJson: true, command: { verb: 'status' } }],
  [['--name', 'x2', 'down'], { name: 'x2', isJson: false, command: { verb: 'down' } }],
  [['down', '--name=x2'], { name: 'x2', isJson: false, command: { verb: 'down' } }],
  [['restart', 'cmp1'], { name: 'tl', isJson: false, command: { verb: 'restart', host: 'cmp1' } }],
  [
    ['--json', 'exec', 'net1', 'ls', '--json', '--name', '-l', ''],
    { name: 'tl', isJson: true, command: { verb: 'exec', target: 'net1', argv: ['ls', '--json', '--name', '-l', ''] } },
  ],
  [['guest', 'vm1', 'ip', 'a'], { name: 'tl', isJson: false, command: { verb: 'guest', target: 'vm1', argv: ['ip', 'a'] } }],
])('reads %j', (words, expected) => {
  expect(parseArgs(words)).toEqual(expected)
})

it('takes the name from the environment, unless it is given', () => {
  expect(parseArgs(['up'], { LAB_NAME: 'other' }).name).toBe('other')
  expect(parseArgs(['--name', 'this', 'up'], { LAB_NAME: 'other' }).name).toBe('this')
})

it.each([
  [[], 'a command is needed'],
  [['fly'], 'cannot understand: fly'],
  [['up', 'net1'], 'cannot understand: up net1'],
  [['restart'], 'cannot understand: restart'],
  [['exec', 'net1'], 'exec needs a name and a command'],
  [['--loud', 'up'], 'unknown option --loud'],
  [['--name'], '--name needs a value'],
  [['up', '--with'], '--with needs names of VM hosts'],
  [['down', '--with', 'cmp3'], '--with belongs to up'],
  [['--name', '../x', 'up'], 'is no lab name'],
])('refuses %j', (words, problem) => {
  expect(() => parseArgs(words)).toThrow(problem)
})
