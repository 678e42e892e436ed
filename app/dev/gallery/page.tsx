import { Page } from '@/components/shell/Page'

import { ControlSpecimens } from './controls'
import { DataSpecimens } from './data'
import { StateSpecimens } from './states'

export default function GalleryPage() {
  return (
    <Page title="Gallery" meta="every primitive, in every state">
      <div className="grid grid-cols-2 items-start gap-4">
        <StateSpecimens />
        <ControlSpecimens />
        <DataSpecimens />
      </div>
    </Page>
  )
}
