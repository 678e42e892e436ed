import { expect, it } from 'vitest'
import { execArguments, parseExecStatus } from './agent'

it('asks the agent for a program with its words and input', () => {
  expect(execArguments(['sh', '-c', 'a b'])).toEqual({ path: 'sh', arg: ['-c', 'a b'], 'capture-output': true })
  expect(execArguments(['cat'], 'in')).toEqual({ path: 'cat', arg: [], 'capture-output': true, 'input-data': 'aW4=' })
  expect(() => execArguments([])).toThrow('no command')
})

it.each([
  [{ exited: false }, undefined],
  [{ exited: true, exitcode: 3, 'out-data': 'aGk=', 'err-data': 'bm8=' }, { code: 3, stdout: 'hi', stderr: 'no' }],
  [{ exited: true, exitcode: 0 }, { code: 0, stdout: '', stderr: '' }],
  [{ exited: true, signal: 9 }, { code: 137, stdout: '', stderr: '' }],
])('reads the status %j', (status, expected) => {
  expect(parseExecStatus(status)).toEqual(expected)
})
