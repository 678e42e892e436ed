// What depends on the agent of a host is asked of its traits and its drivers (docs/decisions/0018-agent-drivers.md): nobody else asks which
// agent it is, so that a third one is a folder in each room and nothing more.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importsOf, isTest, listSources, root } from './sources'

/** The drivers' own folders; where the names stand as data: the type, what is typed into a form, and the words for them. */
const AT_HOME = [
  /^server\/core\/.*\/(openvswitch|linuxbridge)\//,
  /^server\/core\/agents\//,
  /^server\/core\/topology\/kinds\/host\/host(-input)?\.ts$/,
  /^components\/hosts\/PlaceFields\.tsx$/,
]
const ASKED = /agentKind\s*[!=]==\s*'|'openvswitch'\s*[!=]==|case 'openvswitch'|'linuxbridge'/

it('which agent a host has is asked by its drivers alone', () => {
  const sources = ['server', 'components', 'app']
    .flatMap(listSources)
    .filter((file) => !isTest(file) && !AT_HOME.some((home) => home.test(file)))
  const asking = sources.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (ASKED.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  )
  expect(asking).toEqual([])
})

it.each([
  ['openvswitch', 'linuxbridge'],
  ['linuxbridge', 'openvswitch'],
])('what is %s needs nothing of %s', (agent, other) => {
  const own = listSources('server/core').filter((file) => file.includes(`/${agent}/`) && !isTest(file))
  expect(own.length).toBeGreaterThan(5)
  expect(own.flatMap(importsOf).filter(({ target }) => target.includes(`/${other}/`))).toEqual([])
})
