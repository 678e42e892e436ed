import { expect, it } from 'vitest'
import { closureOf, parseInstalled } from './packages'

const status = `Package: switch
Status: install ok installed
Version: 3.1.0-2
Depends: libc6 (>= 2.36), mail-agent | editor, python3:any (>= 3.9~)
Description: a switch
 with more lines, Depends: on nothing

Package: libc6
Status: install ok installed
Version: 2.36-9

Package: vi
Status: install ok installed
Provides: editor, vim (= 2:9.0)
Pre-Depends: libc6
Version: 2:9.0

Package: python3
Status: install ok installed
Version: 3.11

Package: base
Essential: yes
Status: install ok installed
Version: 1

Package: mail-agent
Status: deinstall ok config-files
Version: 1

Package: other
Status: install ok installed
Version: 1
`

it('reads names, needs with alternatives and what stands in for others, of installed packages only', () => {
  expect(parseInstalled(status).map((each) => each.name)).toEqual(['switch', 'libc6', 'vi', 'python3', 'base', 'other'])
  expect(parseInstalled(status)[0]).toEqual({
    name: 'switch',
    version: '3.1.0-2',
    isEssential: false,
    provides: [],
    needs: [['libc6'], ['mail-agent', 'editor'], ['python3']],
  })
  expect(parseInstalled(status)[2]).toMatchObject({ provides: ['editor', 'vim'], needs: [['libc6']] })
})

it('takes what is needed, the alternative that is there, the essential ones, and nothing else', () => {
  expect(closureOf(parseInstalled(status), ['switch']).map((each) => each.name)).toEqual(['base', 'libc6', 'switch', 'vi'])
})
