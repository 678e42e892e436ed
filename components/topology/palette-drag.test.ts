import { expect, it } from 'vitest'

import { isDesignDrag, readDesignKind, writeDesignKind } from './palette-drag'

/** As a browser's: types show while something is dragged, data when it is dropped. */
function transfer(texts: Record<string, string> = {}): DataTransfer {
  const data = new Map(Object.entries(texts))
  return {
    get types() {
      return [...data.keys()]
    },
    setData: (type: string, text: string) => void data.set(type, text),
    getData: (type: string) => data.get(type) ?? '',
  } as unknown as DataTransfer
}

it('what is dragged from the palette arrives', () => {
  const dragged = transfer()
  writeDesignKind(dragged, 'vm')
  expect([isDesignDrag(dragged), readDesignKind(dragged), dragged.effectAllowed]).toEqual([true, 'vm', 'copy'])
})

it('what is dragged from elsewhere is none of ours', () => {
  const text = transfer({ 'text/plain': 'vm' })
  expect([isDesignDrag(text), readDesignKind(text)]).toEqual([false, null])
  const [type] = ((written) => (writeDesignKind(written, 'network'), written.types))(transfer())
  expect(readDesignKind(transfer({ [type!]: 'router' }))).toBeNull()
})
